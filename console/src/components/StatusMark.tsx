import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { type State, stateWords } from '@/lib/words';
import styles from './status.module.css';

const tick = 'M4.9 8.3l2.2 2.1 4-4.5';
const cross = 'M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6';
const wrench =
  'M12.2 5.5a2.8 2.8 0 0 1-3.7 3.4L5.7 11.7a1 1 0 0 1-1.4-1.4l2.8-2.8a2.8 2.8 0 0 1 3.4-3.7L9 5.3 9.2 6.8l1.5.2z';

const shapes: Record<Exclude<State, 'poller_broken'>, ReactNode> = {
  operational: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path className={styles.glyph} d={tick} />
    </>
  ),
  degraded: (
    <>
      <path className={styles.rounded} d="M8 2.2 14.6 13.7H1.4z" />
      <path className={styles.glyph} d="M8 6.4v3.4M8 12v.05" />
    </>
  ),
  partial_outage: (
    <>
      <path className={styles.rounded} d="M8 1.6 14.4 8 8 14.4 1.6 8z" />
      <path className={styles.glyph} d="M5.2 8h5.6" />
    </>
  ),
  major_outage: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" />
      <path className={styles.glyph} d={cross} />
    </>
  ),
  maintenance: (
    <>
      <rect x="1.25" y="1.25" width="13.5" height="13.5" rx="3" />
      <path className={styles.cut} d={wrench} />
    </>
  ),
  unknown: (
    <>
      <circle className={styles.ring} cx="8" cy="8" r="6.4" />
      <path
        className={styles.question}
        d="M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.1v.3M8 11.4v.05"
      />
    </>
  ),
};

interface Props {
  state: State;
  /** Side of the square in CSS pixels. */
  size?: number;
  /** Spoken name; without it the mark is decoration beside a word. */
  label?: string;
}

/** The shape of a state: disc, triangle, diamond, octagon, square, dashed ring, or an unplugged lead. */
export function StatusMark({ state, size = 14, label }: Props) {
  const spoken =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  if (state === 'poller_broken') {
    return <Unplug className={styles.unplugged} size={size + 1} strokeWidth={1.9} {...spoken} />;
  }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden beside its word.
    <svg
      className={styles.mark}
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...spoken}
    >
      {shapes[state]}
    </svg>
  );
}

/** A mark that speaks its own word, where no word stands beside it. */
export function NamedMark({ state, size }: Pick<Props, 'state' | 'size'>) {
  return <StatusMark state={state} size={size} label={stateWords[state]} />;
}
