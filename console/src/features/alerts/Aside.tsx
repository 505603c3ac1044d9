import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Facts, Panel } from '@/components/Card';
import { Loaded } from '@/components/Loaded';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import { type AlertDetail, type DeliveryState, useMay } from '@/lib/api';
import { millis, span, useNow } from '@/lib/time';
import { asSentence, incidentWords, stateWords } from '@/lib/words';
import { AlertStatus } from './AlertStatus';
import styles from './Aside.module.css';
import shared from './alerts.module.css';
import { incidentOfAlertQuery, sentBecauseOfQuery } from './queries';
import { StateMark } from './StateMark';

type Props = { alert: AlertDetail };

/** The service and the episode of trouble this alert stands for. */
export function EpisodePanel({ alert }: Props) {
  const now = useNow();
  const { service_id, service_name, status, worst, state, since, raised_at, resolved_at } = alert;
  const lasted = span((resolved_at ? millis(resolved_at) : now) - millis(since));
  return (
    <Panel
      title="Episode"
      note={alert.kind === 'condition' && `number ${alert.episode} of this service`}
    >
      <Facts
        facts={[
          { name: 'Service', value: <Link to={`/services/${service_id}`}>{service_name}</Link> },
          { name: 'Tier', value: alert.tier },
          { name: 'Stands at', value: <AlertStatus alert={alert} /> },
          ...(worst === status && state !== 'resolved'
            ? []
            : [{ name: 'At worst', value: <StatusChip state={worst} /> }]),
          { name: 'Alert', value: <StateMark state={state} /> },
          { name: 'Trouble since', value: <RelativeTime at={since} as="moment" /> },
          { name: 'Raised', value: <RelativeTime at={raised_at} as="moment" /> },
          { name: resolved_at ? 'Lasted' : 'Lasts', value: lasted },
          ...(alert.acknowledged_by ? [{ name: 'On it', value: alert.acknowledged_by }] : []),
        ]}
      />
    </Panel>
  );
}

/** What was decided about telling people, newest first. */
export function TellingPanel({ alert }: Props) {
  return (
    <Panel title="Telling people">
      <ol className={styles.sent}>
        {alert.tellings.map(({ id, at, sentence }) => (
          <li key={id}>
            <span className={styles.at}>
              <RelativeTime at={at} as="clock" />
            </span>
            <span>{asSentence(sentence)}</span>
          </li>
        ))}
        {alert.tellings.length === 0 && (
          <li className={shared.quiet}>Told at once, when it was raised.</li>
        )}
      </ol>
    </Panel>
  );
}

/** The incident it belongs to, if there is one. */
export function IncidentPanel({ alert }: Props) {
  const query = useQuery(incidentOfAlertQuery(alert));
  return (
    <Panel title="Incident">
      <Loaded query={query} what="Incident">
        {(incident) =>
          incident ? (
            <Link to={`/incidents/${incident.id}`} className={styles.incident}>
              <span>
                <PriorityBadge priority={incident.priority} /> <Reference>{incident.id}</Reference>
              </span>
              <strong>{incident.title}</strong>
              <small>{incidentWords[incident.status]}</small>
            </Link>
          ) : (
            <p className={shared.quiet}>
              {alert.kind === 'condition' ? (
                <NoneByRule alert={alert} />
              ) : (
                'None was opened for it.'
              )}
            </p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function NoneByRule({ alert: { worst, tier } }: Props) {
  return (
    <>
      None: {stateWords[worst].toLowerCase()} of a tier {tier} service opened none by the{' '}
      <Link to="/settings/opening-rule">opening rule</Link>.
    </>
  );
}

const arrived: Record<DeliveryState, string> = {
  sent: 'delivered',
  pending: 'on its way',
  failed: 'failed',
  blocked: 'blocked',
  superseded: 'superseded',
};

const most = 8;

/** Who was told because of it. */
export function ToldPanel({ alert }: Props) {
  const mayLook = useMay('deliveries.read');
  const query = useQuery({ ...sentBecauseOfQuery(alert), enabled: mayLook });
  if (!mayLook) return null;
  return (
    <Panel title="Delivery">
      <Loaded query={query} what="Deliveries">
        {(sent) => (
          <ul className={styles.sent}>
            {sent.slice(0, most).map(({ id, recipient, state, created_at }) => (
              <li key={id}>
                <span className={styles.at}>
                  <RelativeTime at={created_at} as="clock" />
                </span>
                <Link to={`/deliveries/${id}`}>{recipient.label || recipient.address}</Link>
                <span className={shared.quiet}>{arrived[state]}</span>
              </li>
            ))}
            {sent.length === 0 && (
              <li className={shared.quiet}>Nobody: no channel receives alerts of this tier.</li>
            )}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
