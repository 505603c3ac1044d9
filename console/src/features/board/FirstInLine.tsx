import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { ClockLine } from '@/components/clock/Clock';
import type { Promised } from '@/components/clock/reading';
import { Kbd } from '@/components/Kbd';
import { Loaded } from '@/components/Loaded';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { RelativeTime } from '@/components/RelativeTime';
import { Tag } from '@/components/Tag';
import { type IncidentBrief, isBrief, type PublicIncident, summaryQuery, useMay } from '@/lib/api';
import { millis, useNow } from '@/lib/time';
import { count, incidentWords, phaseWords } from '@/lib/words';
import styles from './Board.module.css';

const shown = 4;

/** Majors first, then the most urgent, then who is due first, then the oldest. */
export function inLine(incidents: readonly IncidentBrief[]): IncidentBrief[] {
  return incidents.toSorted(
    (a, b) =>
      Number(b.major) - Number(a.major) ||
      a.priority.localeCompare(b.priority) ||
      (a.sla_resolve_due ?? '9').localeCompare(b.sla_resolve_due ?? '9') ||
      a.opened_at.localeCompare(b.opened_at),
  );
}

/** The open incidents that come first. */
export function FirstInLine() {
  const query = useQuery(summaryQuery);
  const total = query.data?.open_incidents ?? 0;
  const mayEnter = useMay('incidents.read');
  const note =
    total > shown ? `${shown} of ${total} incidents` : total > 0 && count(total, 'incident');
  return (
    <Panel title="First in line" note={note} right={mayEnter && <Kbd keys="g i" />}>
      <Loaded query={query} what="Incidents">
        {({ incidents }) =>
          incidents.length === 0 ? (
            <p className={styles.quiet}>
              {mayEnter ? 'Nothing is open.' : 'No public incident is open.'}
            </p>
          ) : (
            <ul className={styles.incidents}>
              {inLine(incidents.filter(isBrief))
                .slice(0, shown)
                .map((incident) => (
                  <Incident key={incident.id} incident={incident} linked={mayEnter} />
                ))}
              {incidents
                .flatMap((one) => (isBrief(one) ? [] : [one]))
                .slice(0, shown)
                .map((incident) => (
                  <Told key={incident.id} incident={incident} />
                ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Incident({ incident, linked }: { incident: IncidentBrief; linked: boolean }) {
  const { id, title, priority, major, opened_at, status, assigned_to } = incident;
  return (
    <li>
      <div className={styles.incidentHead}>
        <PriorityBadge priority={priority} />
        <Reference>{id}</Reference>
        {major && <Tag>Major</Tag>}
        <span className={styles.age}>
          <RelativeTime at={opened_at} as="short" />
        </span>
      </div>
      {linked ? (
        <Link to={`/incidents/${id}`} className={styles.incidentTitle}>
          {title}
        </Link>
      ) : (
        <span className={styles.incidentTitle}>{title}</span>
      )}
      <p className={styles.incidentState}>
        {incidentWords[status]} · {assigned_to?.label ?? 'Nobody yet'}
      </p>
      <Due incident={incident} />
    </li>
  );
}

/** An incident as strangers know it. */
function Told({ incident: { title, phase, started_at } }: { incident: PublicIncident }) {
  return (
    <li>
      <span className={styles.incidentTitle}>{title}</span>
      <p className={styles.incidentState}>
        {phaseWords[phase]} · <RelativeTime at={started_at} />
      </p>
    </li>
  );
}

function Due({ incident }: { incident: IncidentBrief }) {
  const now = useNow();
  const promise = promiseOf(incident);
  return promise && <ClockLine promise={promise} now={now} track={false} />;
}

function promiseOf({
  sla_resolve_due,
  opened_at,
  status,
  pending_reason,
}: IncidentBrief): Promised | null {
  if (!sla_resolve_due) return null;
  const startedAt = millis(opened_at);
  const waits = status === 'pending';
  return {
    name: 'Resolution',
    startedAt,
    dueAt: millis(sla_resolve_due),
    pauses: waits ? [{ start: startedAt, end: null }] : [],
    waitsFor: waits ? (pending_reason ?? undefined) : undefined,
  };
}
