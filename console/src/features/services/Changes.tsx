import { Panel } from '@/components/Card';
import { FewFirst } from '@/components/FewFirst';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import type { StatusEvent } from '@/lib/api';
import { count } from '@/lib/words';
import styles from './Service.module.css';
import { changeLine } from './words';

/** The service's status changes, newest first. */
export function Changes({ events }: { events: readonly StatusEvent[] }) {
  return (
    <Panel
      title="Status changes"
      note={events.length > 0 && `last ${count(events.length, 'change')}`}
    >
      {events.length === 0 ? (
        <p className={styles.quiet}>Nothing has changed since the first check.</p>
      ) : (
        <FewFirst items={events} most={8} what="changes">
          {(shown) => (
            <ol className={styles.changes}>
              {shown.map(({ id, at, before, after, detail, by_hand }) => (
                <li key={id}>
                  <StatusMark state={after === 'unknown' ? 'poller_broken' : after} />
                  <span className={styles.change}>
                    <strong>{changeLine(before, after)}</strong>
                    {by_hand && ', set by hand'}
                    {detail && <span className={styles.said}>. {detail}</span>}
                  </span>
                  <RelativeTime at={at} as="moment" />
                </li>
              ))}
            </ol>
          )}
        </FewFirst>
      )}
    </Panel>
  );
}
