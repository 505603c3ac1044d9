import type { Priority } from '@/lib/api';
import styles from './badges.module.css';

/** P1 filled, P2 with a strong rim, P3 to P5 quiet. `wide` fits the column of a list. */
export function PriorityBadge({ priority, wide = false }: { priority: Priority; wide?: boolean }) {
  return (
    <span className={styles.priority} data-priority={priority} data-wide={wide || undefined}>
      <span className="visually-hidden">Priority </span>
      {priority}
    </span>
  );
}
