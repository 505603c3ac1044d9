import { Clock } from '@/components/clock/Clock';
import { PriorityBadge } from '@/components/PriorityBadge';
import type { IncidentDetail } from '@/lib/api';
import { useNow } from '@/lib/time';
import { clocksOf } from '../clocks';
import type { VerbButton } from '../verbs/useVerbs';
import { Chips } from './Chips';
import styles from './page.module.css';
import { Verbs } from './Verbs';

interface Props {
  incident: IncidentDetail;
  verbs: { shown: readonly VerbButton[]; more: readonly VerbButton[]; busy: boolean };
}

/** What it is, what can be done, and how long there is left. */
export function IncidentHead({ incident, verbs }: Props) {
  const { id, title, priority, severity, impact, urgency } = incident;
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <span
          className={styles.badge}
          title={`Severity ${severity}, impact ${impact}, urgency ${urgency}`}
        >
          <PriorityBadge priority={priority} />
        </span>
        <h1>{title}</h1>
        <Verbs {...verbs} address={`/incidents/${id}`} />
      </div>
      <Chips incident={incident} />
      <Clocks incident={incident} />
    </div>
  );
}

/** The promises, once some were made. */
function Clocks({ incident }: { incident: IncidentDetail }) {
  const now = useNow();
  const clocks = clocksOf(incident);
  if (clocks.length === 0) return null;
  return (
    <div className={styles.clocks} data-both={clocks.length > 1 || undefined}>
      {clocks.map((promise) => (
        <Clock key={promise.name} promise={promise} now={now} />
      ))}
    </div>
  );
}
