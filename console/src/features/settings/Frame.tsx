import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '@/components/Loaded';
import { Skeleton } from '@/components/Skeleton';
import styles from './settings.module.css';

interface Props<T> {
  query: UseQueryResult<T>;
  what: string;
  children: (data: T) => ReactNode;
}

/** The place of one part: padding while it loads or fails, none around its rows. */
export function Frame<T>({ query, what, children }: Props<T>) {
  return (
    <div className={query.data ? styles.part : styles.padded}>
      <Loaded query={query} what={what} skeleton={<Skeleton what={what} lines={6} />}>
        {children}
      </Loaded>
    </div>
  );
}

/** The words of a failed write that belong to no field. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p className={styles.problem} role="alert">
      {children}
    </p>
  );
}
