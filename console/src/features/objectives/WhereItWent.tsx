import { Link } from 'react-router';
import { Card, Panel } from '@/components/Card';
import { Reference } from '@/components/Reference';
import { RelativeTime } from '@/components/RelativeTime';
import { NamedMark } from '@/components/StatusMark';
import type { IncidentBrief, Loss, SloDetail } from '@/lib/api';
import { useNow } from '@/lib/time';
import { count, stateWords } from '@/lib/words';
import styles from './objectives.module.css';
import { incidentOf, lengthWords } from './words';

interface Props {
  slo: SloDetail;
  incidents: readonly IncidentBrief[];
}

const shown = 6;

/** The costliest stretches of lost time, by the incident they belong to. */
export function WhereItWent({ slo, incidents }: Props) {
  const now = useNow();
  const first = slo.losses.slice(0, shown);
  const rest = slo.losses.slice(shown);
  const others = rest.length + slo.other_losses;
  const seconds = rest.reduce((sum, each) => sum + each.seconds, slo.other_losses_seconds);
  return (
    <Card>
      <Panel title="Where it went">
        {first.length === 0 ? (
          <p className={styles.quiet}>
            {slo.known_percent ? `Nothing was lost in ${slo.window_days} days.` : 'No data yet.'}
          </p>
        ) : (
          <ul className={styles.losses}>
            {first.map((loss) => (
              <Line
                key={loss.start}
                loss={loss}
                incident={incidentOf(loss, incidents, now)}
                share={loss.seconds / slo.spent_seconds}
              />
            ))}
            {others > 0 && (
              <li>
                <span />
                <span>{count(others, 'shorter one')}</span>
                <span className={styles.lost}>{lengthWords(seconds)}</span>
                <Bar share={seconds / slo.spent_seconds} />
              </li>
            )}
          </ul>
        )}
      </Panel>
    </Card>
  );
}

interface LineProps {
  loss: Loss;
  incident: IncidentBrief | undefined;
  share: number;
}

function Line({ loss, incident, share }: LineProps) {
  return (
    <li>
      <NamedMark state={loss.worst} />
      <span className={styles.cause}>
        {incident ? (
          <Link to={`/incidents/${incident.id}`}>
            <Reference>{incident.id}</Reference> {incident.title}
          </Link>
        ) : (
          stateWords[loss.worst]
        )}{' '}
        <span className={styles.when}>
          {loss.end ? <RelativeTime at={loss.start} as="moment" /> : 'now'}
        </span>
      </span>
      <span className={styles.lost}>{lengthWords(loss.seconds)}</span>
      <Bar share={share} />
    </li>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span aria-hidden className={styles.bar}>
      <i style={{ width: `${Math.min(100, 100 * share)}%` }} />
    </span>
  );
}
