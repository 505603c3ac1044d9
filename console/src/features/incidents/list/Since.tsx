import { Ban, CircleCheck, Lock, Pause, Timer } from 'lucide-react';
import { ClockLine } from '@/components/clock/Clock';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import type { IncidentBrief } from '@/lib/api';
import { useNow } from '@/lib/time';
import { clockOf, waitsFor } from '../clocks';
import styles from './list.module.css';

const icon = { size: 14, strokeWidth: 1.6, 'aria-hidden': true } as const;

/** How long there is left; while nothing was promised, since when it stands as it does. */
export function Since({ incident }: { incident: IncidentBrief }) {
  const now = useNow();
  const promise = clockOf(incident);
  const live = ['open', 'in_progress', 'pending'].includes(incident.status);
  if (promise && live) return <ClockLine promise={promise} now={now} />;
  return <span className={styles.since}>{plain(incident)}</span>;
}

function plain(incident: IncidentBrief) {
  const { status, recovery_observed_at, pending_reason, opened_at } = incident;
  if (status === 'resolved') {
    return (
      <>
        <CircleCheck {...icon} />
        <span>
          Resolved <RelativeTime at={incident.resolved_at ?? incident.updated_at} />
        </span>
      </>
    );
  }
  if (status === 'closed') {
    return (
      <>
        <Lock {...icon} />
        <span>
          Closed <RelativeTime at={incident.closed_at ?? incident.updated_at} />
        </span>
      </>
    );
  }
  if (status === 'cancelled') {
    return (
      <>
        <Ban {...icon} />
        <span>
          Cancelled <RelativeTime at={incident.updated_at} />
        </span>
      </>
    );
  }
  if (recovery_observed_at) {
    return (
      <span className={styles.recovered}>
        <StatusMark state="operational" />
        <span>
          Recovered <RelativeTime at={recovery_observed_at} />
        </span>
      </span>
    );
  }
  if (status === 'pending') {
    return (
      <>
        <Pause {...icon} />
        <span>{pending_reason ? `Waits for ${waitsFor[pending_reason]}` : 'Waits'}</span>
      </>
    );
  }
  return (
    <>
      <Timer {...icon} />
      <span>
        Opened <RelativeTime at={opened_at} />
      </span>
    </>
  );
}
