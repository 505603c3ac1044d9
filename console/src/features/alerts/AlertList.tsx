import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BellOff, SearchX } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { FilterBar, FilterChip, type View, ViewTabs } from '@/components/filters';
import { KeyBar } from '@/components/KeyBar';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowGroup, RowLink, Rows } from '@/components/rows/Rows';
import { type RowState, useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import { Tag } from '@/components/Tag';
import { type Alert, servicesQuery } from '@/lib/api';
import { millis, span, useNow } from '@/lib/time';
import { useLit } from '@/lib/useLit';
import { count, stateWords as statusWords } from '@/lib/words';
import styles from './AlertList.module.css';
import { AlertStatus } from './AlertStatus';
import { addressOfFilters, alertsQuery, type Filters, filtersFrom, states } from './queries';
import { StateMark, stateWords } from './StateMark';

const columns = '138px minmax(0, 1.4fr) minmax(0, 1.4fr) 150px 120px';
const head = ['Service is', 'Service', 'What', 'State', 'Raised'];
const hints = [
  { keys: 'j k', label: 'move' },
  { keys: 'Enter', label: 'why' },
  { keys: '?', label: 'all keys' },
];
const stateChoices = states.map((value) => ({ value, label: stateWords[value] }));
const viewed: readonly { name: string; filters: Partial<Filters> }[] = [
  { name: 'All', filters: {} },
  { name: 'Firing', filters: { state: 'firing' } },
  { name: 'Acknowledged', filters: { state: 'acknowledged' } },
  { name: 'Over', filters: { state: 'resolved' } },
];

/** What calls for attention? Alerts that are open first, then those that are over. */
export function AlertList() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => filtersFrom(search), [search]);
  const query = useInfiniteQuery(alertsQuery(filters));
  const services = useQuery(servicesQuery).data?.items ?? [];
  const loaded = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const address = addressOfFilters(filters);
  const change = (next: Partial<Filters>) =>
    setSearch(addressOfFilters({ ...filters, ...next }), { replace: true });
  const clear = () => setSearch('', { replace: true });
  const views = viewed.map(({ name, filters: own }): View => {
    const to = addressOfFilters(own);
    return { name, search: to, current: to === address };
  });

  return (
    <>
      <ViewTabs label="Views" views={views} />
      <FilterBar>
        <FilterChip
          name="State"
          chosen={filters.state ? [filters.state] : []}
          choices={stateChoices}
          onChange={([state]) => change({ state: (state as Filters['state']) ?? null })}
        />
        <FilterChip
          name="Service"
          chosen={filters.service ? [filters.service] : []}
          choices={services.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={([service]) => change({ service: service ?? null })}
        />
        {address && (
          <Button tone="quiet" onClick={clear}>
            Clear filters
          </Button>
        )}
      </FilterBar>
      {query.error && (
        <div className={styles.padded}>
          <ErrorPanel
            what="Alerts"
            error={query.error}
            shownAsOf={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
        </div>
      )}
      {!loaded && !query.error && (
        <div className={styles.padded}>
          <Skeleton what="Alerts" lines={8} />
        </div>
      )}
      {loaded?.length === 0 && <Empty filtered={address !== ''} onClear={clear} />}
      {loaded && loaded.length > 0 && (
        <Groups
          alerts={loaded}
          next={query.hasNextPage ? () => void query.fetchNextPage() : null}
          loadingNext={query.isFetchingNextPage}
        />
      )}
    </>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        size="page"
        icon={SearchX}
        title="Nothing matches these filters."
        actions={<Button onClick={onClear}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState size="page" icon={BellOff} title="No alert yet.">
      One is raised when trouble is confirmed: seen in several polls in a row, for long enough.
    </EmptyState>
  );
}

interface GroupsProps {
  alerts: readonly Alert[];
  next: (() => void) | null;
  loadingNext: boolean;
}

function Groups({ alerts, next, loadingNext }: GroupsProps) {
  const navigate = useNavigate();
  const open = alerts.filter(({ state }) => state !== 'resolved');
  const over = alerts.filter(({ state }) => state === 'resolved');
  const { row } = useRowCursor(
    [...open, ...over].map(({ id }) => id),
    { selectable: false, onOpen: (id) => navigate(`/alerts/${id}`) },
  );
  const rows = (some: readonly Alert[]) =>
    some.map((alert) => <AlertRow key={alert.id} alert={alert} state={row(alert.id)} />);
  return (
    <>
      <div className={styles.list}>
        <Rows label="Alerts" columns={columns} head={head} plain>
          {open.length > 0 && <RowGroup title="Open" note={open.length} />}
          {rows(open)}
          {over.length > 0 && <RowGroup title="Over" note={over.length} />}
          {rows(over)}
        </Rows>
        {next && (
          <div className={styles.more}>
            <Button onClick={next} busy={loadingNext}>
              Next
            </Button>
          </div>
        )}
      </div>
      <KeyBar hints={hints} note={`${count(alerts.length, 'alert')}${next ? ' so far' : ''}`} />
    </>
  );
}

function AlertRow({ alert, state }: { alert: Alert; state: RowState }) {
  const lit = useLit(alert.changed_at);
  return (
    <Row state={state} name={alert.service_name} lit={lit}>
      <Cells alert={alert} />
    </Row>
  );
}

const Cells = memo(function Cells({ alert }: { alert: Alert }) {
  return (
    <>
      <span className={styles.cell} data-status>
        <AlertStatus alert={alert} />
      </span>
      <span className={styles.title}>
        <RowLink to={`/alerts/${alert.id}`}>{alert.service_name}</RowLink>
        <small>{alert.title ?? `tier ${alert.tier}`}</small>
        {alert.flapping && <Tag kind="flapping">Flapping</Tag>}
      </span>
      <span className={styles.what}>
        <What alert={alert} />
      </span>
      <span className={styles.cell}>
        {alert.held_by && alert.state !== 'resolved' ? (
          <Tag icon={BellOff}>Held back</Tag>
        ) : (
          <StateMark state={alert.state} />
        )}
      </span>
      <span className={styles.when}>
        <RelativeTime at={alert.raised_at} as="moment" />
      </span>
    </>
  );
});

function What({ alert }: { alert: Alert }) {
  const now = useNow();
  const { since, resolved_at, worst, status, acknowledged_by, state, held_reason } = alert;
  const lasted = span((resolved_at ? millis(resolved_at) : now) - millis(since));
  const over = resolved_at !== null;
  const worse = over || worst !== status ? `, at worst ${statusWords[worst].toLowerCase()}` : '';
  if (resolved_at) return <>{`Lasted ${lasted}${worse}`}</>;
  if (held_reason) return <>{held_reason}</>;
  const who = state === 'acknowledged' && acknowledged_by ? `, ${acknowledged_by} is on it` : '';
  return <>{`For ${lasted}${worse}${who}`}</>;
}
