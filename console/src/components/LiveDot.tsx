import { ago, moment } from '@/lib/time';
import styles from './LiveDot.module.css';

interface Props {
  live: boolean;
  /** When what is shown was last known to be true, in milliseconds. */
  at: number | null;
  now: number;
}

function words({ live, at, now }: Props): string {
  if (live) return at === null ? 'Live' : `Live, ${ago(Math.min(at, now - 1000), now)}`;
  return at === null ? 'Connecting' : `Reconnecting, shown as of ${moment(at, now)}`;
}

/** A filled dot with the age of what is shown, or a hollow ring while the link is down. */
export function LiveDot(props: Props) {
  return (
    <span className={styles.live} data-live={props.live || undefined}>
      <span className={styles.dot} aria-hidden />
      <span className="tabular">{words(props)}</span>
    </span>
  );
}
