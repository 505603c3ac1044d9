import { Link } from 'react-router';
import { StatusChip } from '@/components/StatusChip';
import { Tag } from '@/components/Tag';
import type { Monitor } from '@/lib/api';
import { isOwnKind, kindName } from '@/lib/kinds';
import { Editor } from './Editor';
import { Latency } from './Latency';
import styles from './monitors.module.css';
import { PingAddress } from './PingAddress';
import { lastAnswer, monitorName, stateOfMonitor } from './words';

interface Props {
  serviceId: string;
  /** Null for a new one. */
  monitor: Monitor | null;
  onSaved: (monitor: Monitor, isNew: boolean) => void;
  onGone: () => void;
}

/** One check: what it says, how it did, and what it asks. */
export function MonitorScreen({ serviceId, monitor, onSaved, onGone }: Props) {
  const kind = monitor && isOwnKind(monitor.kind) ? monitor.kind : 'http';
  const editor = (
    <Editor
      key={monitor?.id ?? 'new'}
      serviceId={serviceId}
      monitor={monitor}
      kind={kind}
      onSaved={(saved) => onSaved(saved, monitor === null)}
      onGone={onGone}
    />
  );
  if (!monitor) return <div className={styles.screen}>{editor}</div>;
  return (
    <div className={styles.screen}>
      <header>
        <div className={styles.marks}>
          <StatusChip state={stateOfMonitor(monitor)} />
          <Tag>{kindName(monitor.kind)}</Tag>
        </div>
        <h1 className={styles.title}>{monitorName(monitor)}</h1>
        <p className={styles.sentence}>{lastAnswer(monitor)}</p>
      </header>
      {kind === 'heartbeat' ? (
        <PingAddress monitor={monitor} />
      ) : (
        <div className={styles.chart}>
          <Latency monitorId={monitor.id} />
        </div>
      )}
      {monitor.declared ? (
        <p className={styles.quiet}>
          This check is the service’s own source.{' '}
          <Link to={`/settings/services?service=${serviceId}`}>Change it with the service</Link>
        </p>
      ) : (
        editor
      )}
    </div>
  );
}
