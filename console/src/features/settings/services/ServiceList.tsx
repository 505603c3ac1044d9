import { useQuery } from '@tanstack/react-query';
import { FileText, RefreshCw, Server } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { StatusChip } from '@/components/StatusChip';
import { Tag } from '@/components/Tag';
import { type Service, sentenceOf, servicesQuery, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { kindName } from '@/lib/kinds';
import { stateOf } from '@/lib/state';
import { toast } from '@/lib/toasts';
import { categoryWords, count } from '@/lib/words';
import { Frame } from '../Frame';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { useReload } from './queries';
import { ServiceDialog } from './ServiceDialog';

const columns = 'minmax(0, 1.3fr) 132px 60px minmax(0, 1.4fr) 150px';
const head = ['Service', 'Category', 'Tier', 'Where its status comes from', 'State'];

/** What do we watch? The services, each with where its status comes from. */
export function ServiceList() {
  const query = useQuery(servicesQuery);
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const mayWrite = useMay('services.write');
  const asked = search.get('service');
  const close = () => setSearch('', { replace: true });
  useKeys([
    {
      keys: 'n',
      label: 'Add a service',
      refused: mayWrite ? null : refusal,
      run: () => navigate('/settings/services/new'),
    },
  ]);
  return (
    <Frame query={query} what="Services">
      {({ items }) => (
        <>
          {items.length === 0 ? <Nothing /> : <List services={items} />}
          <ServiceDialog
            key={asked ?? ''}
            opened={asked !== null}
            service={items.find(({ id }) => id === asked) ?? null}
            isNew={asked === 'new'}
            mayWrite={mayWrite}
            onClose={close}
          />
        </>
      )}
    </Frame>
  );
}

function Nothing() {
  return (
    <EmptyState size="page" icon={Server} title="Nothing is watched yet.">
      Add a vendor by the address of its status page, or a website of your own.
    </EmptyState>
  );
}

function List({ services }: { services: readonly Service[] }) {
  const [, setSearch] = useSearchParams();
  const inOrder = useMemo(
    () => services.toSorted((a, b) => a.name.localeCompare(b.name)),
    [services],
  );
  const { row } = useRowCursor(
    inOrder.map(({ id }) => id),
    { selectable: false, onOpen: (id) => setSearch(`?service=${id}`) },
  );
  const fromFile = services.filter(({ managed_by }) => managed_by === 'file').length;
  return (
    <>
      <div className={styles.rows}>
        {fromFile > 0 && <FromFile n={fromFile} />}
        <Rows label="Services" columns={columns} head={head} plain>
          {inOrder.map((service) => (
            <Row key={service.id} state={row(service.id)} name={service.name}>
              <span className={styles.name}>
                <RowLink to={`?service=${service.id}`}>{service.name}</RowLink>
                {service.managed_by === 'file' && <Tag icon={FileText}>File</Tag>}
                {service.visibility === 'internal' && <Tag kind="internal">Internal</Tag>}
              </span>
              <span className={`${styles.clip} ${styles.category}`}>
                {categoryWords[service.category]}
              </span>
              <span className={`${styles.figure} ${styles.tier}`}>{service.tier}</span>
              <span className={styles.clip}>{whereFrom(service)}</span>
              <span className={styles.cell}>
                <StatusChip state={stateOf(service)} />
              </span>
            </Row>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'n', label: 'add' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(services.length, 'service')}
      />
    </>
  );
}

function whereFrom({ source }: Service): string {
  if (!source) return '';
  const name = kindName(source.kind);
  const url = typeof source.url === 'string' ? source.url : '';
  const host = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return host ? `${name}, ${host}` : name;
}

function FromFile({ n }: { n: number }) {
  const mayWrite = useMay('services.write');
  const reloading = useReload();
  const reload = () =>
    reloading.mutate(undefined, {
      onSuccess: ({ declared, edited, archived, unchanged }) =>
        void toast(
          `File read: ${declared.length} new, ${edited.length} changed, ${archived.length} archived, ${unchanged} as before`,
        ),
      onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
    });
  return (
    <div className={styles.file}>
      <FileText size={15} strokeWidth={1.6} aria-hidden />
      <span>
        {count(n, 'service comes', 'services come')} from the registry file and can only be changed
        there.
      </span>
      {mayWrite && (
        <Button icon={RefreshCw} busy={reloading.isPending} onClick={reload}>
          Read the file again
        </Button>
      )}
    </div>
  );
}
