import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import styles from './pickers.module.css';

export interface Pickable {
  value: string;
  label: string;
  /** Beside the label: "Team", an e-mail address. */
  note?: ReactNode;
  /** Before the label: an avatar, a mark. */
  mark?: ReactNode;
}

interface Props {
  /** What is chosen, spoken: "Person or team". */
  label: string;
  options: readonly Pickable[];
  /** What is chosen already. */
  value?: string | null;
  onPick: (value: string) => void;
  placeholder?: string;
}

function matching(options: readonly Pickable[], typed: string): Pickable[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, note }) => {
    const text = `${label} ${typeof note === 'string' ? note : ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Type a few letters, take one with Enter. */
export function PickOne({ label, options, value, onPick, placeholder }: Props) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const shown = matching(options, typed);
  const current = Math.min(at, shown.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step) setAt((current + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && shown[current]) onPick(shown[current].value);
    else return;
    event.preventDefault();
  }

  return (
    <div className={styles.picker}>
      <input
        data-autofocus
        className={styles.input}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length ? `${id}-${current}` : undefined}
        placeholder={placeholder ?? label}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
      />
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={label}>
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field, which keeps the focus.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={option.value}
            id={`${id}-${index}`}
            ref={
              index === current
                ? (element) => element?.scrollIntoView({ block: 'nearest' })
                : undefined
            }
            role="option"
            aria-selected={index === current}
            className={styles.option}
            onPointerMove={() => setAt(index)}
            onClick={() => onPick(option.value)}
          >
            {option.mark}
            <span className={styles.label}>{option.label}</span>
            <span className={styles.note}>{option.value === value ? 'now' : option.note}</span>
          </div>
        ))}
        {shown.length === 0 && <p className={styles.nothing}>Nothing matches “{typed}”.</p>}
      </div>
    </div>
  );
}
