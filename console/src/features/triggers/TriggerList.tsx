import { useQuery } from '@tanstack/react-query';
import { CirclePause, Siren, Zap } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import { Tag } from '@/components/Tag';
import { servicesQuery, type Trigger, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { count } from '@/lib/words';
import { triggersQuery } from './queries';
import { TriggerDrawer } from './TriggerDrawer';
import styles from './triggers.module.css';
import { durationWords, severityWords } from './words';

const columns = 'minmax(0, 1.2fr) minmax(0, 2fr) minmax(0, 1fr) 84px 90px 150px';
const head = ['Trigger', 'Condition', 'Service', 'For', 'Severity', 'Now'];

/** What makes noise by itself, and does it now? */
export function TriggerList() {
  const query = useQuery(triggersQuery);
  const [search, setSearch] = useSearchParams();
  const mayWrite = useMay('triggers.write');
  const asked = search.get('trigger');
  useKeys([
    {
      keys: 'n',
      label: 'New trigger',
      refused: mayWrite ? null : 'You may look but not change this. Ask an admin.',
      run: () => setSearch('?trigger=new'),
    },
  ]);
  return (
    <div className={query.data ? styles.part : styles.padded}>
      <Loaded query={query} what="Triggers" skeleton={<Skeleton what="Triggers" lines={6} />}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <EmptyState size="page" icon={Zap} title="There is no trigger yet.">
                A trigger watches what your monitors measure, such as response_time &gt; 30000, and
                fires when that holds for some minutes.
              </EmptyState>
            ) : (
              <List triggers={items} />
            )}
            <TriggerDrawer
              key={asked ?? ''}
              opened={asked !== null && mayWrite}
              trigger={items.find(({ id }) => id === asked) ?? null}
              isNew={asked === 'new'}
              onClose={() => setSearch('', { replace: true })}
            />
          </>
        )}
      </Loaded>
    </div>
  );
}

function List({ triggers }: { triggers: readonly Trigger[] }) {
  const [, setSearch] = useSearchParams();
  const services = useQuery(servicesQuery).data?.items ?? [];
  const nameOf = (id: string) => services.find((service) => service.id === id)?.name ?? id;
  const { row } = useRowCursor(
    triggers.map(({ id }) => id),
    { selectable: false, onOpen: (id) => setSearch(`?trigger=${id}`) },
  );
  return (
    <>
      <div className={styles.rows}>
        <Rows label="Triggers" columns={columns} head={head} plain>
          {triggers.map((trigger) => (
            <Row key={trigger.id} state={row(trigger.id)} name={trigger.name}>
              <span className={styles.name}>
                <RowLink to={`?trigger=${trigger.id}`}>{trigger.name}</RowLink>
              </span>
              <code className={styles.code} title={trigger.condition}>
                {trigger.condition}
              </code>
              <span className={styles.clip}>
                {trigger.service_id ? nameOf(trigger.service_id) : 'Every service'}
              </span>
              <span className={styles.clip}>{durationWords(trigger.duration_minutes)}</span>
              <span className={styles.clip}>
                {severityWords[trigger.severity]}
                {trigger.auto_create_incident && <span className={styles.caption}> incident</span>}
              </span>
              <Now trigger={trigger} nameOf={nameOf} />
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'n', label: 'new' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(triggers.length, 'trigger')}
      />
    </>
  );
}

interface NowProps {
  trigger: Trigger;
  nameOf: (service: string) => string;
}

/** Whether it fires now: for which service, since when. */
function Now({ trigger: { firing, enabled, service_id }, nameOf }: NowProps) {
  const [first, ...others] = firing;
  if (!enabled) {
    return (
      <span className={styles.end}>
        <Tag icon={CirclePause}>Off</Tag>
      </span>
    );
  }
  if (!first) return <span className={styles.calm}>Calm</span>;
  const words = others.length ? count(firing.length, 'service') : nameOf(first.service_id);
  return (
    <span className={styles.end} title={first.reason ?? undefined}>
      <Tag strong icon={Siren}>
        <span>
          Fires{service_id ? '' : `: ${words}`}, <RelativeTime at={first.fired_at} as="short" />
        </span>
      </Tag>
    </span>
  );
}
