import type { ReactNode } from 'react';
import styles from './filters.module.css';

/** The line of filters over a list. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <section className={styles.bar} aria-label="Filters">
      {children}
    </section>
  );
}
