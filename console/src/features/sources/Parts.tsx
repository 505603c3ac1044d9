import { Check, Minus } from 'lucide-react';
import { useId, useState } from 'react';
import { NamedMark } from '@/components/StatusMark';
import type { VendorComponent } from '@/lib/api';
import { count } from '@/lib/words';
import { grouped } from './finding';
import styles from './parts.module.css';

interface Props {
  components: readonly VendorComponent[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

const searchable = 8;

/** Which parts of a page count; none ticked means all of them. */
export function Parts({ components, chosen, onChange }: Props) {
  const [sought, setSought] = useState('');
  const id = useId();
  const groups = grouped(components, sought);
  const put = (ids: readonly string[], on: boolean) =>
    onChange(on ? [...new Set([...chosen, ...ids])] : chosen.filter((one) => !ids.includes(one)));
  return (
    <section aria-labelledby={id}>
      <div className={styles.partsHead}>
        <strong id={id}>Parts that count</strong>
        <span role="status">
          {chosen.length === 0
            ? 'none ticked: all of them'
            : `${chosen.length} of ${count(components.length, 'part')}`}
        </span>
      </div>
      <div className={styles.parts}>
        {components.length > searchable && (
          <input
            className={styles.seek}
            type="search"
            aria-label="Find a part"
            placeholder="Find a part"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) event.preventDefault();
            }}
            autoComplete="off"
          />
        )}
        <div className={styles.partList}>
          {groups.map(({ name, components: parts }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame.
            <div key={name ?? ''} role="group" aria-label={name ?? 'Without a group'}>
              {name && (
                <Whole name={name} ids={parts.map((part) => part.id)} {...{ chosen, put }} />
              )}
              {parts.map((part) => (
                <Tick
                  key={part.id}
                  inside={name !== null}
                  checked={chosen.includes(part.id)}
                  onChange={(on) => put([part.id], on)}
                >
                  <NamedMark state={part.status} />
                  <span>{part.name}</span>
                </Tick>
              ))}
            </div>
          ))}
          {groups.length === 0 && <p className={styles.nothing}>No part is called “{sought}”.</p>}
        </div>
      </div>
    </section>
  );
}

interface WholeProps {
  name: string;
  ids: readonly string[];
  chosen: readonly string[];
  put: (ids: readonly string[], on: boolean) => void;
}

function Whole({ name, ids, chosen, put }: WholeProps) {
  const taken = ids.filter((id) => chosen.includes(id)).length;
  return (
    <Tick
      checked={taken === ids.length}
      some={taken > 0 && taken < ids.length}
      onChange={(on) => put(ids, on)}
    >
      <strong>{name}</strong>
    </Tick>
  );
}

interface TickProps {
  checked: boolean;
  some?: boolean;
  inside?: boolean;
  onChange: (on: boolean) => void;
  children: React.ReactNode;
}

function Tick({ checked, some = false, inside, onChange, children }: TickProps) {
  const Icon = some ? Minus : Check;
  return (
    <label className={styles.part} data-inside={inside || undefined}>
      <input
        type="checkbox"
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = some;
        }}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={styles.tick} data-on={checked || some || undefined} aria-hidden>
        <Icon size={12} strokeWidth={2.4} />
      </span>
      {children}
    </label>
  );
}
