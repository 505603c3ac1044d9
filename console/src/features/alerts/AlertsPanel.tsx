import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { useMay } from '@/lib/api';
import { AlertStatus } from './AlertStatus';
import styles from './Aside.module.css';
import shared from './alerts.module.css';
import { alertQuery } from './queries';
import { StateMark } from './StateMark';

const most = 8;

/** The alerts behind an incident, each with its why. */
export function AlertsPanel({ ids }: { ids: readonly string[] }) {
  const mayLook = useMay('alerts.read');
  const shown = ids.slice(0, most);
  const answers = useQueries({ queries: mayLook ? shown.map(alertQuery) : [] });
  if (!mayLook || ids.length === 0) return null;
  return (
    <Panel title="Alerts" note={ids.length}>
      <ul className={styles.behind}>
        {answers.map(({ data }, index) =>
          data ? (
            <li key={data.id}>
              <AlertStatus alert={data} word={data.service_name} />
              <StateMark state={data.state} />
              <Link to={`/alerts/${data.id}`} aria-label={`Why: ${data.service_name}`}>
                Why?
              </Link>
            </li>
          ) : (
            <li key={shown[index]} className={shared.quiet}>
              …
            </li>
          ),
        )}
        {ids.length > most && <li className={shared.quiet}>and {ids.length - most} more</li>}
      </ul>
    </Panel>
  );
}
