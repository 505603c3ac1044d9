import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './panels.module.css';

interface Props {
  /** One sentence: "Nothing is open." */
  title: string;
  /** What that means, since when. */
  children?: ReactNode;
  icon?: LucideIcon;
  /** Where to go from here, as buttons. */
  actions?: ReactNode;
  /** `card` inside a page, `page` in the middle of an empty one. */
  size?: 'card' | 'page';
}

/** Nothing here, said in one sentence, and what can be done about it. */
export function EmptyState({ title, children, icon: Icon, actions, size = 'card' }: Props) {
  const Title = size === 'page' ? 'h1' : 'strong';
  return (
    <div className={styles.empty} data-size={size}>
      {Icon && (
        <span className={styles.emptyIcon} aria-hidden>
          <Icon size={18} strokeWidth={1.6} />
        </span>
      )}
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
