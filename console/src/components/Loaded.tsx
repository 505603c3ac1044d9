import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorPanel } from './ErrorPanel';
import { Skeleton } from './Skeleton';

interface Props<T> {
  query: UseQueryResult<T>;
  /** What it is, for the error: "Timeline". */
  what: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three states of an answer: a still skeleton, the content, or an error above what was last known. */
export function Loaded<T>({ query, what, skeleton, children }: Props<T>) {
  const { data, error, dataUpdatedAt, refetch } = query;
  const failure = error && (
    <ErrorPanel
      what={what}
      error={error}
      shownAsOf={dataUpdatedAt}
      onRetry={() => void refetch()}
    />
  );
  if (data === undefined) return failure ?? skeleton ?? <Skeleton what={what} />;
  return (
    <>
      {failure}
      {children(data)}
    </>
  );
}
