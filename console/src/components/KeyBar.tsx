import type { ReactNode } from 'react';
import { Button } from './Button';
import { Kbd } from './Kbd';
import styles from './KeyBar.module.css';

interface Hint {
  keys: string;
  label: string;
}

/** The line at the foot of a list: its keys, or the verbs for what is selected. */
export function KeyBar({ hints, note }: { hints: readonly Hint[]; note?: ReactNode }) {
  return (
    <div className={styles.bar} aria-hidden>
      {hints.map(({ keys, label }) => (
        <span key={keys} className={styles.hint}>
          <Kbd keys={keys} /> {label}
        </span>
      ))}
      {note && <span className={styles.note}>{note}</span>}
    </div>
  );
}

interface SelectionProps {
  count: number;
  onClear: () => void;
  note?: ReactNode;
  /** The verbs, as buttons. */
  children: ReactNode;
}

/** Selecting turns the key bar into verbs. */
export function SelectionBar({ count, onClear, note, children }: SelectionProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="Verbs for the selection" data-selection>
      <strong className="tabular">{count} selected</strong>
      {children}
      {note && <span className={styles.note}>{note}</span>}
      <Button tone="quiet" keys="Escape" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
