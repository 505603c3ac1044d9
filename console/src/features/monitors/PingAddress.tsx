import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card, Facts, Panel } from '@/components/Card';
import { CopyRef } from '@/components/CopyRef';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { Segmented } from '@/components/Segmented';
import type { Heartbeat, Monitor } from '@/lib/api';
import { DueTimes, zoneNote } from './Due';
import own from './Due.module.css';
import styles from './monitors.module.css';
import { heartbeatQuery } from './queries';
import { type Place, places, snippet } from './snippets';

/** Where a job reports, ready to be pasted, and what it said last. */
export function PingAddress({ monitor }: { monitor: Monitor }) {
  const query = useQuery(heartbeatQuery(monitor.id));
  const due = query.data?.next_due_at ?? [];
  const zone = textOr(monitor, 'time_zone') ?? 'UTC';
  return (
    <div className={own.job} data-due={due.length > 0 || undefined}>
      <Card>
        <Panel title="Where the job reports" note="whoever knows the address speaks for the job">
          {monitor.ping_url ? (
            <Address url={monitor.ping_url} cron={textOr(monitor, 'cron')} />
          ) : (
            <p className={styles.quiet}>Its address is shown to those who may edit monitors.</p>
          )}
          <Loaded query={query} what="Last ping">
            {(heartbeat) => <Last heartbeat={heartbeat} />}
          </Loaded>
        </Panel>
      </Card>
      {due.length > 0 && (
        <Card>
          <Panel title="Next due" note={zoneNote(zone)}>
            <DueTimes times={due} zone={zone} />
          </Panel>
        </Card>
      )}
    </div>
  );
}

function textOr(monitor: Monitor, name: string): string | null {
  const value = (monitor as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : null;
}

function Address({ url, cron }: { url: string; cron: string | null }) {
  const [place, setPlace] = useState<Place>('curl');
  const text = snippet(place, url, cron);
  return (
    <div className={styles.address}>
      <CopyRef value={url} what="the ping address" />
      <Segmented
        label="Where it is called from"
        value={place}
        onChange={setPlace}
        choices={places}
      />
      <div className={styles.snippet}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keys as well. */}
        <pre tabIndex={0}>{text}</pre>
      </div>
    </div>
  );
}

const kindWords = { done: 'Done', start: 'Begun', fail: 'Went wrong' };

function Last({ heartbeat }: { heartbeat: Heartbeat }) {
  const { pinged_at, started_at, due_at, last_kind, exit_code, text } = heartbeat;
  if (!pinged_at && !started_at) {
    return (
      <p className={styles.quiet} role="status">
        Waiting for the first ping. Until then it is unknown, and no outage.
      </p>
    );
  }
  const said = last_kind && kindWords[last_kind];
  const code = exit_code === null ? '' : `, exit code ${exit_code}`;
  const facts = [
    { name: 'Last ping', value: pinged_at && <RelativeTime at={pinged_at} /> },
    { name: 'It said', value: said && `${said}${code}` },
    { name: 'Running since', value: started_at && <RelativeTime at={started_at} as="moment" /> },
    { name: 'Next one due', value: due_at && <RelativeTime at={due_at} as="moment" /> },
  ];
  return (
    <>
      <Facts facts={facts.filter(({ value }) => value)} />
      {text && (
        <div className={styles.snippet}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long output scrolls, by keys as well. */}
          <pre tabIndex={0}>{text}</pre>
        </div>
      )}
    </>
  );
}
