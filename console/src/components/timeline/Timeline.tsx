import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { RelativeTime } from '../RelativeTime';
import styles from './Timeline.module.css';

/** A column of entries, newest first, joined by a thin line. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {children}
    </ol>
  );
}

interface EntryProps {
  /** ISO instant. */
  at: string;
  icon: LucideIcon;
  /** Public leaves the building: filled icon, solid box. Internal stays: dashed box. Plain is one line. */
  kind?: 'public' | 'internal' | 'plain';
  /** What happened, in two or three words: "Public update", "On hold". */
  title: string;
  /** The rest of the line: ", Identified, by Support desk". It starts with its own comma or space. */
  rest?: ReactNode;
  /** What was written; shown in the box. */
  text?: ReactNode;
  /** After the line: delivered count, a link to *why* or *evidence*. */
  after?: ReactNode;
}

/** One entry: time, icon, a line; what was written stands in a box below. */
export function TimelineEntry({
  at,
  icon: Icon,
  kind = 'plain',
  title,
  rest,
  text,
  after,
}: EntryProps) {
  return (
    <li className={styles.entry} data-kind={kind}>
      <span className={styles.time}>
        <RelativeTime at={at} as="clock" />
      </span>
      <span className={styles.icon} aria-hidden>
        <Icon size={14} strokeWidth={1.6} />
      </span>
      <div className={styles.body}>
        <p className={styles.line}>
          <strong>{title}</strong>
          {rest}
          {after && <span className={styles.after}>{after}</span>}
        </p>
        {text && <div className={styles.box}>{text}</div>}
      </div>
    </li>
  );
}
