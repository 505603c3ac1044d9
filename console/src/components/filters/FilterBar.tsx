import type { ReactNode } from 'react';
import styles from './filters.module.css';

interface Props {
  children: ReactNode;
  /** At the right end: how many match, another view. */
  end?: ReactNode;
}

/** The line of filters over a list. */
export function FilterBar({ children, end }: Props) {
  return (
    <search className={styles.bar}>
      {children}
      {end && <span className={styles.end}>{end}</span>}
    </search>
  );
}
