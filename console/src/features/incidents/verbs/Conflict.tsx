import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { RelativeTime } from '@/components/RelativeTime';
import { ApiProblem, type IncidentDetail } from '@/lib/api';
import { differences } from '../page/changes';
import { incidentQuery } from '../queries';
import styles from './verbs.module.css';

/** Whether the server refused because somebody was faster. */
export function isLostRace(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

interface Props {
  /** What was looked at when the decision was made. */
  before: IncidentDetail;
  /** "Resolve anyway": does it to the incident as it is now. */
  again: string;
  onAgain: (version: number) => void;
}

/** Somebody was faster: when, what they changed, and the way on. */
export function Conflict({ before, again, onAgain }: Props) {
  const client = useQueryClient();
  const options = incidentQuery(before.id);
  const { data: now } = useQuery(options);
  const [looking, setLooking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const shown = now !== undefined && now.version !== before.version;
  useEffect(() => {
    if (shown || looking) place.current?.scrollIntoView({ block: 'nearest' });
  }, [shown, looking]);
  useEffect(() => {
    void client.invalidateQueries({ queryKey: incidentQuery(before.id).queryKey });
  }, [client, before.id]);
  if (!now || now.version === before.version) {
    return <p className={styles.conflict}>Somebody changed this. Reading it again…</p>;
  }
  const different = differences(before, now);
  return (
    <div ref={place} className={styles.conflict} role="alert">
      <p>
        Somebody changed this at <RelativeTime at={now.updated_at} as="clock" />.{' '}
        {!looking && (
          <button type="button" className={styles.see} onClick={() => setLooking(true)}>
            See what changed
          </button>
        )}
      </p>
      {looking && (
        <dl className={styles.differences}>
          {different.map(({ field, before: was, after }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                <del>{was}</del> <ins>{after}</ins>
              </dd>
            </div>
          ))}
          {different.length === 0 && <p>Nothing that is shown here.</p>}
        </dl>
      )}
      <Button onClick={() => onAgain(now.version)}>{again}</Button>
    </div>
  );
}
