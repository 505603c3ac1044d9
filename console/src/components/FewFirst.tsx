import { type ReactNode, useState } from 'react';
import { Button } from './Button';
import styles from './small.module.css';

interface Props<T> {
  items: readonly T[];
  most: number;
  /** What they are, in the plural: "decisions". */
  what: string;
  children: (items: readonly T[]) => ReactNode;
}

/** The first few of a list; the rest on demand, for lists that are read from the top. */
export function FewFirst<T>({ items, most, what, children }: Props<T>) {
  const [all, setAll] = useState(false);
  // A list that is hardly longer is shown whole: a button takes the room of a row, too.
  const folded = !all && items.length > most + 2;
  return (
    <>
      {children(folded ? items.slice(0, most) : items)}
      {folded && (
        <div className={styles.more}>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {items.length} {what}
          </Button>
        </div>
      )}
    </>
  );
}
