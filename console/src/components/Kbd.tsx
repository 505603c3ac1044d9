import { capsOf } from '@/lib/keys';
import styles from './Kbd.module.css';

/** The caps of a binding as it is written in the key map: "y", "mod+k", "g i". */
export function Kbd({ keys, label }: { keys: string; label?: string }) {
  return (
    <span className={styles.keys}>
      {capsOf(keys).map((cap, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: "g g" has the same cap twice, and caps never move
        <kbd key={place} className={styles.key} aria-label={label}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
