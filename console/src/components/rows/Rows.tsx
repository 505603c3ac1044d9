import { Check } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Rows.module.css';
import type { RowState } from './useRowCursor';

interface RowsProps {
  /** What the list holds, spoken: "Open incidents". */
  label: string;
  /** CSS grid columns after the check box; shared by head and rows. */
  columns: string;
  /** Names of the columns, first to last; left out on phones. */
  head?: readonly ReactNode[];
  /** No check boxes: for lists without verbs. */
  plain?: boolean;
  children: ReactNode;
}

/** A list of rows on one grid, with an optional head. */
export function Rows({ label, columns, head, plain = false, children }: RowsProps) {
  return (
    <div
      className={styles.list}
      data-plain={plain || undefined}
      style={{ '--columns': columns } as CSSProperties}
    >
      {head && (
        <div className={styles.head} aria-hidden>
          <span />
          {head.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            <span key={index}>{name}</span>
          ))}
        </div>
      )}
      <ul aria-label={label}>{children}</ul>
    </div>
  );
}

/** A heading between rows: "Late" and "1, past its promise". */
export function RowGroup({ title, note }: { title: string; note?: ReactNode }) {
  return (
    <li className={styles.group}>
      <strong>{title}</strong> <span>{note}</span>
    </li>
  );
}

interface RowProps {
  /** From `useRowCursor().row(id)`. */
  state: RowState;
  /** What the row is about, for the check box: "INC0000240". */
  name: string;
  /** Content changed a moment ago: the row lights once. */
  lit?: boolean;
  children: ReactNode;
}

/** One row: cursor = quiet ground and accent edge, selected = tick. Cells are its children, one per column. */
export function Row({ state, name, lit = false, children }: RowProps) {
  return (
    <li
      ref={state.element}
      className={lit ? `${styles.row} lit` : styles.row}
      data-cursor={state.cursor || undefined}
      data-selected={state.selected || undefined}
      onFocus={state.take}
    >
      {state.toggle ? (
        <Tick name={name} checked={state.selected} onToggle={state.toggle} />
      ) : (
        <span />
      )}
      {children}
    </li>
  );
}

function Tick({
  name,
  checked,
  onToggle,
}: {
  name: string;
  checked: boolean;
  onToggle: () => void;
}) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={checked} onChange={onToggle} aria-label={`Select ${name}`} />
      <span aria-hidden>{checked && <Check size={12} strokeWidth={2.4} />}</span>
    </label>
  );
}

/** The link that the whole row opens; put it in exactly one cell. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={styles.link} data-row-link>
      {children}
    </Link>
  );
}
