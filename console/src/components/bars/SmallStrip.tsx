import type { Cell } from '@/lib/strips';
import styles from './bars.module.css';

interface Props {
  /** The strip in words, spoken and shown on hover. */
  label: string;
  cells: readonly Cell[];
  /** `line` stretches over a card (last two hours), `week` is seven small bars at the end of a row. */
  kind: 'line' | 'week';
}

/** A small strip without marks: the worse, the taller. */
export function SmallStrip({ label, cells, kind }: Props) {
  return (
    <span className={styles.small} data-kind={kind} role="img" aria-label={label} title={label}>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in time.
        <span key={index} data-state={cell ?? 'none'} />
      ))}
    </span>
  );
}
