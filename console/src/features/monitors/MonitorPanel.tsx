import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { Panel } from '@/components/Card';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { NamedMark } from '@/components/StatusMark';
import { Tag } from '@/components/Tag';
import { type Monitor, useMay } from '@/lib/api';
import styles from './monitors.module.css';
import { monitorsQuery } from './queries';
import { lastAnswer, monitorName, msWords, ownMonitors, stateOfMonitor } from './words';

/** A service's own checks, each with its last answer. */
export function MonitorPanel({ serviceId }: { serviceId: string }) {
  const query = useQuery(monitorsQuery(serviceId));
  const may = useMay('monitors.write');
  const to = `/services/${serviceId}/monitors`;
  return (
    <Panel
      title="Own monitors"
      note="asked by Tocsin itself"
      right={may && <Link to={`${to}/new`}>Add a monitor</Link>}
    >
      <Loaded query={query} what="Own monitors">
        {(sources) => {
          const own = ownMonitors(sources);
          return own.length === 0 ? (
            <EmptyState
              title="No check of your own yet."
              actions={may && <ButtonLink to={`${to}/new`}>Add a monitor</ButtonLink>}
            >
              A website, a port, a certificate, a record, a host, or a job that reports.
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {own.map((monitor) => (
                <Line key={monitor.id} monitor={monitor} to={`${to}/${monitor.id}`} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Line({ monitor, to }: { monitor: Monitor; to: string }) {
  return (
    <li className={styles.row}>
      <NamedMark state={stateOfMonitor(monitor)} />
      <span className={styles.rowName}>
        <Link to={to}>{monitorName(monitor)}</Link>
        {monitor.declared && <Tag>The service’s source</Tag>}
      </span>
      <span className={styles.rowAnswer}>{lastAnswer(monitor)}</span>
      <span className={styles.figure}>
        {monitor.response_ms !== null && msWords(monitor.response_ms)}
      </span>
      <span className={styles.figure}>
        {monitor.last_polled_at && <RelativeTime at={monitor.last_polled_at} as="short" />}
      </span>
    </li>
  );
}
