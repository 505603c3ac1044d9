import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { ErrorPanel } from '@/components/ErrorPanel';
import { ViewTabs } from '@/components/filters';
import { KeyBar } from '@/components/KeyBar';
import { RowGroup, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import type { IncidentBrief } from '@/lib/api';
import { useNow } from '@/lib/time';
import { count } from '@/lib/words';
import { addressOfFilters, type Filters, filtersFrom } from '../filters';
import { grouped } from '../grouping';
import { incidentsQuery, sifted } from '../queries';
import { Empty } from './Empty';
import { Filtering } from './Filtering';
import { columns, head, IncidentRow } from './IncidentRow';
import styles from './list.module.css';
import { Peek } from './Peek';
import { SelectionVerbs } from './SelectionVerbs';
import { useViews } from './useViews';

const hints = [
  { keys: 'j k', label: 'move' },
  { keys: 'x', label: 'select' },
  { keys: 'Space', label: 'peek' },
  { keys: 'Enter', label: 'open' },
  { keys: 'c', label: 'new' },
  { keys: '/', label: 'find' },
  { keys: '?', label: 'all keys' },
];

/** Which one next? The incidents that pass the filters, in the order in which they want attention. */
export function IncidentList() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => filtersFrom(search), [search]);
  const query = useInfiniteQuery(incidentsQuery(filters));
  const loaded = useMemo(
    () =>
      query.data &&
      sifted(
        query.data.pages.flatMap(({ items }) => items),
        filters,
      ),
    [query.data, filters],
  );
  const change = (next: Partial<Filters>) =>
    setSearch(addressOfFilters({ ...filters, ...next }), { replace: true });
  const clear = () => setSearch('', { replace: true });
  const counted =
    loaded && `${count(loaded.length, 'incident')}${query.hasNextPage ? ' so far' : ''}`;

  return (
    <>
      <ViewTabs label="Views" views={useViews(filters)} />
      <Filtering filters={filters} onChange={change} onClear={clear} />
      {query.error && (
        <div className={styles.loading}>
          <ErrorPanel
            what="Incidents"
            error={query.error}
            shownAsOf={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
        </div>
      )}
      {!loaded && !query.error && (
        <div className={styles.loading}>
          <Skeleton what="Incidents" lines={8} />
        </div>
      )}
      {loaded?.length === 0 && <Empty filters={filters} onClear={clear} />}
      {loaded && loaded.length > 0 && (
        <Groups
          incidents={loaded}
          counted={counted ?? ''}
          next={query.hasNextPage ? () => void query.fetchNextPage() : null}
          loadingNext={query.isFetchingNextPage}
        />
      )}
    </>
  );
}

interface GroupsProps {
  incidents: readonly IncidentBrief[];
  counted: string;
  next: (() => void) | null;
  loadingNext: boolean;
}

function Groups({ incidents, counted, next, loadingNext }: GroupsProps) {
  const navigate = useNavigate();
  const now = useNow();
  const [peeked, setPeeked] = useState<string | null>(null);
  const groups = useMemo(() => grouped(incidents, now), [incidents, now]);
  const inOrder = groups.flatMap((group) => group.incidents);
  const cursor = useRowCursor(
    inOrder.map(({ id }) => id),
    { onOpen: (id) => navigate(`/incidents/${id}`), onPeek: setPeeked },
  );
  const chosen = new Set(cursor.selected);
  const selected = inOrder.filter(({ id }) => chosen.has(id));

  return (
    <>
      <div className={styles.list}>
        <Rows label="Incidents" columns={columns} head={head}>
          {groups.map(({ title, note, incidents: inside }) => (
            <Fragment key={title}>
              <RowGroup title={title} note={note} />
              {inside.map((incident) => (
                <IncidentRow
                  key={incident.id}
                  incident={incident}
                  state={cursor.row(incident.id)}
                />
              ))}
            </Fragment>
          ))}
        </Rows>
        {next && (
          <div className={styles.more}>
            <Button onClick={next} busy={loadingNext}>
              Next
            </Button>
          </div>
        )}
      </div>
      {selected.length > 0 ? (
        <SelectionVerbs selected={selected} onClear={cursor.clear} />
      ) : (
        <KeyBar hints={hints} note={counted} />
      )}
      <Peek reference={peeked} onClose={() => setPeeked(null)} />
    </>
  );
}
