import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Card, Panel } from '@/components/Card';
import { ErrorPanel } from '@/components/ErrorPanel';
import { ApiProblem } from '@/lib/api';
import { exact, millis, readerZone, span, useNow, wallTime } from '@/lib/time';
import own from './Due.module.css';
import styles from './monitors.module.css';
import { cronQuery } from './queries';
import type { Values } from './spec';

const pause = 300;

/** What the server says about a cron expression while it is written; nothing for an interval. */
export function useCron({ schedule, cron = '', time_zone = '' }: Values, allowed: boolean) {
  const wanted = allowed && schedule === 'cron';
  const [expression] = useDebouncedValue(wanted ? cron.trim() : '', pause);
  const [zone] = useDebouncedValue(time_zone.trim() || 'UTC', pause);
  return useQuery({ ...cronQuery(expression, zone), enabled: expression !== '' });
}

interface PreviewProps {
  query: ReturnType<typeof useCron>;
  /** Nothing is written yet. */
  empty: boolean;
}

/** Beside the form: the expression in words, and when the job is due next. */
export function DuePreview({ query: { data, error, refetch }, empty }: PreviewProps) {
  const refused = error instanceof ApiProblem && error.status === 422;
  return (
    <Card>
      <Panel title="Next due" note={data && !refused && !empty && `in ${data.time_zone}`}>
        <div className={styles.answer} role="status">
          {empty && <p className={styles.quiet}>Write an expression to see when it is due.</p>}
          {!empty && refused && (
            <p className={styles.quiet}>It cannot be read yet: see what the form says.</p>
          )}
          {!empty && error && !refused && (
            <ErrorPanel what="Due times" error={error} onRetry={() => void refetch()} />
          )}
          {!empty && !error && data && (
            <>
              <p className={styles.sentence}>{data.words}.</p>
              <DueTimes times={data.next_due_at} zone={data.time_zone} />
            </>
          )}
        </div>
      </Panel>
    </Card>
  );
}

/** Due times on the clocks of the job's zone; where these change in between, it is said. */
export function DueTimes({ times, zone }: { times: readonly string[]; zone: string }) {
  const now = useNow();
  const walls = times.map((at) => ({ at, ...wallTime(millis(at), zone, now) }));
  return (
    <ol className={own.due} aria-label="Due times">
      {walls.map(({ at, day, time, offset }, n) => {
        const before = walls[n - 1]?.offset ?? offset;
        return (
          <li key={at}>
            <time dateTime={at} title={exact(millis(at))}>
              <span>{day}</span> <strong>{time}</strong>
            </time>
            <span className={styles.quiet}>
              {before === offset ? `in ${span(millis(at) - now)}` : `clocks change, ${offset}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The zone beside a list of due times, where it is not the reader's own. */
export function zoneNote(zone: string): string {
  return zone === readerZone ? 'without grace' : `in ${zone}, without grace`;
}
