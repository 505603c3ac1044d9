import type { Segment } from '@/lib/api';
import { segmentWords } from '@/lib/strips';
import { clockTime } from '@/lib/time';
import styles from './SegmentStrip.module.css';

interface Props {
  /** What the strip is about: "Last 2 h". */
  label: string;
  segments: readonly Segment[];
  /** The window, in milliseconds. */
  from: number;
  to: number;
}

/** Stretches of time to scale, each named; unknown time is hollow. */
export function SegmentStrip({ label, segments, from, to }: Props) {
  const share = (at: number) => ((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100;
  const placed = segments.map((segment) => {
    const left = share(Date.parse(segment.start));
    const right = segment.end === null ? 100 : share(Date.parse(segment.end));
    return { segment, left, width: right - left };
  });
  return (
    <figure className={styles.figure} aria-label={label}>
      <ol className={styles.track}>
        {placed
          .filter(({ width }) => width > 0)
          .map(({ segment, left, width }) => (
            <li
              key={segment.start}
              data-state={segment.status}
              style={{ left: `${left}%`, width: `${width}%` }}
              title={segmentWords(segment)}
            >
              <span className="visually-hidden">{segmentWords(segment)}</span>
            </li>
          ))}
      </ol>
      <figcaption className={styles.axis} aria-hidden>
        <span>{clockTime(from)}</span>
        <span>{clockTime((from + to) / 2)}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
