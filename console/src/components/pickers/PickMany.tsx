import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { Field, type FieldWords } from '@/components/fields';
import type { Pickable } from './PickOne';
import styles from './pickers.module.css';

interface Props extends FieldWords {
  options: readonly Pickable[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  placeholder?: string;
  /** Takes the focus when its dialog opens. */
  first?: boolean;
}

/** Several of many: the chosen as tags, the rest below a field that narrows them. */
export function PickMany({
  options,
  chosen,
  onChange,
  placeholder = 'Find…',
  first,
  ...words
}: Props) {
  const [typed, setTyped] = useState('');
  const sought = typed.trim().toLowerCase();
  const shown = options.filter(({ label }) => label.toLowerCase().includes(sought));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  const taken = options.filter(({ value }) => chosen.includes(value));

  return (
    <Field {...words}>
      {(wiring) => (
        <div className={styles.many}>
          {taken.length > 0 && (
            <ul className={styles.taken} aria-label={`Chosen ${words.label.toLowerCase()}`}>
              {taken.map(({ value, label }) => (
                <li key={value}>
                  {label}
                  <button
                    type="button"
                    aria-label={`Leave out ${label}`}
                    onClick={() => toggle(value)}
                  >
                    <X size={12} strokeWidth={1.8} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <input
            className={styles.input}
            placeholder={placeholder}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !sought) return;
              event.preventDefault();
              const first = shown.find(({ value }) => !chosen.includes(value));
              if (first) toggle(first.value);
              setTyped('');
            }}
            autoComplete="off"
            spellCheck={false}
            data-autofocus={first || undefined}
            {...wiring}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: the field around it has its own label. */}
          <div className={styles.boxes} role="group" aria-label={words.label}>
            {shown.map(({ value, label, mark, note }) => (
              <label key={value} className={styles.choice}>
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={() => toggle(value)}
                />
                <span className={styles.tick} aria-hidden>
                  <Check size={12} strokeWidth={2.4} />
                </span>
                {mark}
                <span className={styles.label}>{label}</span>
                <span className={styles.note}>{note}</span>
              </label>
            ))}
            {shown.length === 0 && (
              <p className={styles.nothing}>
                {sought ? `Nothing matches “${typed}”.` : 'Nothing to choose from yet.'}
              </p>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}
