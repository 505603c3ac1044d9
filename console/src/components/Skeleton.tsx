import { useEffect, useState } from 'react';
import styles from './panels.module.css';

const patience = 150;

function useWaited(): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return waited;
}

const widths = ['44%', '84%', '69%', '76%', '52%'];

/** Still grey lines where content will stand; nothing for the first 150 ms. */
export function Skeleton({ lines = 3, what = 'Content' }: { lines?: number; what?: string }) {
  const waited = useWaited();
  return (
    <div
      className={styles.skeleton}
      role="status"
      aria-label={waited ? `${what} is loading` : undefined}
    >
      {waited &&
        Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike.
          <span key={line} style={{ width: widths[line % widths.length] }} />
        ))}
    </div>
  );
}
