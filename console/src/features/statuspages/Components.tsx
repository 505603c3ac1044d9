import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { Fragment } from 'react';
import { useSearchParams } from 'react-router';
import { Button, IconButton } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { KeyBar } from '@/components/KeyBar';
import { Row, RowGroup, RowLink, Rows } from '@/components/rows/Rows';
import { type RowState, useRowCursor } from '@/components/rows/useRowCursor';
import { StatusChip } from '@/components/StatusChip';
import { Tag } from '@/components/Tag';
import {
  type PageComponent,
  type Service,
  type StatusPage,
  sentenceOf,
  servicesQuery,
  useMay,
} from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { stateOf } from '@/lib/state';
import { toast } from '@/lib/toasts';
import { count } from '@/lib/words';
import { AddServices } from './AddServices';
import { EditComponent } from './EditComponent';
import { groupsOf, moved, movedGroup, type Placed } from './ordering';
import { usePlace } from './queries';
import styles from './statuspages.module.css';

const columns = 'minmax(0, 1.3fr) minmax(0, 1fr) 170px 76px';
const head = ['Public name', 'Service', 'Service is', ''];
const refusal = 'You may look but not change this. Ask an admin.';

/** What stands on a page: added, named, grouped and put in order. */
export function Components({ page }: { page: StatusPage }) {
  const [search, setSearch] = useSearchParams();
  const services = useQuery(servicesQuery).data?.items ?? [];
  const mayWrite = useMay('pages.write');
  const asked = search.get('add') !== null;
  const edited = page.components.find(({ id }) => id === search.get('component')) ?? null;
  const close = () => setSearch('', { replace: true });
  const add = () => setSearch('?add');
  const serviceOf = (id: string) => services.find((service) => service.id === id);

  useKeys([{ keys: 'a', label: 'Add services', refused: mayWrite ? null : refusal, run: add }]);

  return (
    <>
      {page.components.length === 0 ? (
        <EmptyState
          size="page"
          title="Nothing stands on this page yet."
          actions={
            mayWrite && (
              <Button tone="primary" icon={Plus} keys="a" onClick={add}>
                Add services
              </Button>
            )
          }
        >
          Strangers see only what is added here, under the name you give it.
        </EmptyState>
      ) : (
        <List page={page} serviceOf={serviceOf} mayWrite={mayWrite} />
      )}
      <AddServices page={page} opened={asked && mayWrite} onClose={close} />
      <EditComponent
        page={page}
        component={mayWrite ? edited : null}
        service={edited ? (serviceOf(edited.service_id)?.name ?? edited.service_id) : ''}
        onClose={close}
      />
    </>
  );
}

interface ListProps {
  page: StatusPage;
  serviceOf: (id: string) => Service | undefined;
  mayWrite: boolean;
}

function List({ page, serviceOf, mayWrite }: ListProps) {
  const [, setSearch] = useSearchParams();
  const placing = usePlace(page.slug);
  const groups = groupsOf(page.components);
  const ids = groups.flatMap(({ components }) => components.map(({ id }) => id));
  const { cursor, row } = useRowCursor(ids, {
    selectable: false,
    onOpen: (id) => setSearch(`?component=${id}`),
  });

  function place(places: Placed[]) {
    if (places.length === 0 || placing.isPending) return;
    placing.mutate(places, {
      onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
    });
  }

  const move = (by: -1 | 1) => () => cursor && place(moved(page.components, cursor, by));
  const refused = mayWrite ? null : refusal;
  useKeys([
    { keys: 'shift+k', label: 'Move up', group: 'Move', silent: true, refused, run: move(-1) },
    { keys: 'shift+j', label: 'Move down', group: 'Move', silent: true, refused, run: move(1) },
  ]);

  return (
    <>
      <div className={styles.rows}>
        <Rows label={`Components of ${page.name}`} columns={columns} head={head} plain>
          {groups.map(({ name, components }, at) => (
            <Fragment key={name ?? ''}>
              {(groups.length > 1 || name !== null) && (
                <RowGroup
                  title={name ?? 'Without a group'}
                  note={
                    <span className={styles.groupNote}>
                      {count(components.length, 'component')}
                      {mayWrite && groups.length > 1 && (
                        <Arrows
                          what={name ?? 'the rest'}
                          first={at === 0}
                          last={at === groups.length - 1}
                          onMove={(by) => place(movedGroup(page.components, name, by))}
                        />
                      )}
                    </span>
                  }
                />
              )}
              {components.map((component, index) => (
                <ComponentRow
                  key={component.id}
                  component={component}
                  service={serviceOf(component.service_id)}
                  state={row(component.id)}
                  arrows={
                    mayWrite && (
                      <Arrows
                        what={component.name ?? component.service_id}
                        first={index === 0}
                        last={index === components.length - 1}
                        onMove={(by) => place(moved(page.components, component.id, by))}
                      />
                    )
                  }
                />
              ))}
            </Fragment>
          ))}
        </Rows>
      </div>
      <KeyBar
        hints={[
          { keys: 'j k', label: 'move' },
          { keys: 'Enter', label: 'edit' },
          { keys: 'shift+k shift+j', label: 'put in order' },
          { keys: 'a', label: 'add' },
          { keys: '?', label: 'all keys' },
        ]}
        note={count(page.components.length, 'component')}
      />
    </>
  );
}

interface RowProps {
  component: PageComponent;
  service: Service | undefined;
  state: RowState;
  arrows: React.ReactNode;
}

function ComponentRow({ component, service, state, arrows }: RowProps) {
  const name = component.name ?? service?.name ?? component.service_id;
  return (
    <Row state={state} name={name}>
      <span className={styles.name}>
        <RowLink to={`?component=${component.id}`}>{name}</RowLink>
        {component.follows === 'incidents' && <Tag>Updates only</Tag>}
      </span>
      <span className={styles.address}>
        {service?.name ?? component.service_id}
        {service?.visibility === 'internal' && ', internal'}
      </span>
      <span className={styles.name}>{service && <StatusChip state={stateOf(service)} />}</span>
      <span className={styles.arrowCell}>{arrows}</span>
    </Row>
  );
}

interface ArrowsProps {
  what: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
}

function Arrows({ what, first, last, onMove }: ArrowsProps) {
  return (
    <span className={styles.arrows}>
      <IconButton
        icon={ArrowUp}
        label={`Move ${what} up`}
        disabled={first}
        onClick={() => onMove(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${what} down`}
        disabled={last}
        onClick={() => onMove(1)}
      />
    </span>
  );
}
