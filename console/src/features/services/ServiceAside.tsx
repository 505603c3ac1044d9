import { Unplug } from 'lucide-react';
import { Link } from 'react-router';
import { Button } from '@/components/Button';
import { Facts, Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import { NamedMark } from '@/components/StatusMark';
import {
  type Neighbour,
  type ServiceDetail,
  type ServiceSource,
  sentenceOf,
  useMay,
} from '@/lib/api';
import { toast } from '@/lib/toasts';
import { sentenceCase, stateWords } from '@/lib/words';
import { useMove } from './queries';
import styles from './Service.module.css';
import { sourceWords } from './words';

const managed = { file: 'the registry file', people: 'people' };

/** What belongs to a service: facts, where its state comes from, its neighbours. */
export function ServiceAside({ service }: { service: ServiceDetail }) {
  const facts = [
    { name: 'Confirmed', value: stateWords[service.confirmed_status] },
    { name: 'Checked', value: service.checked_at && <RelativeTime at={service.checked_at} /> },
    { name: 'Owner', value: service.owner_team },
    { name: 'Seen by', value: service.visibility === 'public' ? 'Everybody' : 'Members' },
    { name: 'Managed by', value: service.managed_by && sentenceCase(managed[service.managed_by]) },
    { name: 'Short name', value: <code>{service.id}</code> },
  ];
  return (
    <>
      <Panel title="Facts">
        <Facts facts={facts.filter(({ value }) => value)} />
      </Panel>
      {service.sources && <Sources service={service} sources={service.sources} />}
      <Neighbours title="Depends on" services={service.dependencies_detail} />
      <Neighbours title="Needed by" services={service.dependents} />
    </>
  );
}

function Sources({
  service,
  sources,
}: {
  service: ServiceDetail;
  sources: readonly ServiceSource[];
}) {
  return (
    <Panel title="Where its state comes from">
      {sources.length === 0 ? (
        <p className={styles.quiet}>By hand only.</p>
      ) : (
        <ul className={styles.sources}>
          {sources.map((source) => (
            <li key={source.id}>
              <SourceLine service={service} source={source} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SourceLine({ service, source }: { service: ServiceDetail; source: ServiceSource }) {
  const healthy = source.poller_health === 'ok' || source.poller_health === 'manual';
  const parts = [...source.components, ...source.vanished.map((each) => `${each} (missing)`)];
  return (
    <>
      <div className={styles.source}>
        <NamedMark state={source.poller_health === 'broken' ? 'poller_broken' : source.status} />
        <strong>{sourceWords(source)}</strong>
        {source.last_polled_at && (
          <span className={styles.polled}>
            <RelativeTime at={source.last_polled_at} as="short" />
          </span>
        )}
      </div>
      {source.url && (
        <a href={source.url} target="_blank" rel="noreferrer" className={styles.url}>
          {source.url.replace(/^https?:\/\//, '')}
        </a>
      )}
      {parts.length > 0 && <p>{parts.join(', ')}</p>}
      {source.unnamed.length > 0 && (
        <p>
          Not named so far: {source.unnamed.join(', ')}. This source names only what has trouble;
          check the spelling.
        </p>
      )}
      {!healthy && source.last_error && (
        <p className={styles.failing}>
          <Unplug size={14} strokeWidth={1.6} aria-hidden /> {source.last_error}
        </p>
      )}
      {source.moved_to && <Moved service={service} source={source} />}
    </>
  );
}

function Moved({ service, source }: { service: ServiceDetail; source: ServiceSource }) {
  const move = useMove(service);
  const mayWrite = useMay(source.declared ? 'services.write' : 'monitors.write');
  const byFile = source.declared && service.managed_by === 'file';
  const refused = byFile
    ? 'This service is managed by the registry file. Change its address there.'
    : mayWrite
      ? null
      : 'You may look but not change this. Ask an admin.';
  return (
    <p className={styles.moved}>
      <span>Moved to {source.moved_to?.replace(/^https?:\/\//, '')}</span>
      <Button
        refused={refused}
        busy={move.isPending}
        onClick={() =>
          move.mutate(source, {
            onSuccess: () => toast(`${service.name} reads the new address`),
            onError: (error) => toast(sentenceOf(error), { tone: 'failed' }),
          })
        }
      >
        Use this
      </Button>
    </p>
  );
}

function Neighbours({ title, services }: { title: string; services: readonly Neighbour[] }) {
  if (services.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={styles.neighbours}>
        {services.map(({ id, name, status }) => (
          <li key={id}>
            <NamedMark state={status} />
            <Link to={`/services/${id}`}>{name}</Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
