import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import { type StatusEvent, timelineQuery } from '@/lib/api';
import { clockTime, dayName, millis, useNow } from '@/lib/time';
import styles from './Board.module.css';
import { changeWords } from './layout';

const shown = 7;

/** The latest status changes, newest first. */
export function LatestChanges() {
  const query = useQuery(timelineQuery);
  return (
    <Panel title="Latest changes">
      <Loaded query={query} what="Changes">
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>Nothing has changed yet.</p>
          ) : (
            <ul className={styles.changes}>
              {items.slice(0, shown).map((item) => (
                <Change key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Change({ item }: { item: StatusEvent }) {
  const state = item.after === 'unknown' ? 'poller_broken' : item.after;
  return (
    <li>
      <ChangeTime at={item.at} />
      <StatusMark state={state} />
      <Link to={`/services/${item.service_id}`}>{changeWords(item)}</Link>
    </li>
  );
}

/** A clock time today, the day before that. */
function ChangeTime({ at }: { at: string }) {
  const now = useNow();
  const today = dayName(millis(at), now) === dayName(now, now);
  if (today) return <RelativeTime at={at} as="clock" />;
  const day = dayName(millis(at), now).split(' ').slice(1, 3).join(' ');
  return (
    <time dateTime={at} title={`${dayName(millis(at), now)}, ${clockTime(millis(at))}`}>
      {day}
    </time>
  );
}
