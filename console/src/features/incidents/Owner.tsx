import { Avatar } from '@/components/Avatar';
import type { Assignee } from '@/lib/api';
import styles from './incidents.module.css';

/** Who has it; hollow where nobody does yet. */
export function Owner({ assignee }: { assignee: Assignee | null }) {
  return (
    <span className={styles.owner} data-nobody={assignee === null || undefined}>
      <Avatar name={assignee?.label ?? null} />
      <span>{assignee?.label ?? 'Nobody yet'}</span>
    </span>
  );
}
