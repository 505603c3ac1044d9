import { useInfiniteQuery } from '@tanstack/react-query';
import { MailCheck, SearchX, X } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { FilterBar, FilterChip, SearchField, type View, ViewTabs } from '@/components/filters';
import { KeyBar } from '@/components/KeyBar';
import { Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import type { Delivery } from '@/lib/api';
import { count } from '@/lib/words';
import { columns, DeliveryRow, head } from './DeliveryRow';
import styles from './deliveries.module.css';
import {
  addressOfFilters,
  channelWords,
  type Filters,
  filtersFrom,
  states,
  stateWords,
} from './filters';
import { deliveriesQuery } from './queries';
import { causeWords } from './words';

const hints = [
  { keys: 'j k', label: 'move' },
  { keys: 'Enter', label: 'look' },
  { keys: '/', label: 'find a recipient' },
  { keys: '?', label: 'all keys' },
];

const stateChoices = states.map((value) => ({ value, label: stateWords[value] }));
const channelChoices = Object.entries(channelWords).map(([value, label]) => ({ value, label }));

const viewed: readonly { name: string; filters: Partial<Filters> }[] = [
  { name: 'All', filters: {} },
  { name: 'Failed', filters: { state: 'failed' } },
  { name: 'Blocked', filters: { state: 'blocked' } },
  { name: 'On their way', filters: { state: 'pending' } },
];

/** Did it arrive? Everything that left or wants to leave, newest first. */
export function DeliveryList() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => filtersFrom(search), [search]);
  const query = useInfiniteQuery(deliveriesQuery(filters));
  const loaded = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const address = addressOfFilters(filters);
  const change = (next: Partial<Filters>) =>
    setSearch(addressOfFilters({ ...filters, ...next }), { replace: true });
  const clear = () => setSearch('', { replace: true });
  const views = viewed.map(({ name, filters: own }): View => {
    const to = addressOfFilters(own);
    return { name, search: to, current: to === address };
  });
  const counted =
    loaded &&
    `${count(loaded.length, 'delivery', 'deliveries')}${query.hasNextPage ? ' so far' : ''}`;

  return (
    <>
      <ViewTabs label="Views" views={views} />
      <FilterBar>
        <SearchField
          label="Recipient’s address"
          value={filters.recipient ?? ''}
          onChange={(recipient) => change({ recipient: recipient || null })}
        />
        <FilterChip
          name="State"
          chosen={filters.state ? [filters.state] : []}
          choices={stateChoices}
          onChange={([state]) => change({ state: (state as Filters['state']) ?? null })}
        />
        <FilterChip
          name="Channel"
          chosen={filters.channel ? [filters.channel] : []}
          choices={channelChoices}
          onChange={([channel]) => change({ channel: channel ?? null })}
        />
        {filters.fact && (
          <Narrowed
            words={`Of one fact${loaded?.[0] ? `: ${causeWords(loaded[0]).toLowerCase()}` : ''}`}
            onClear={() => change({ fact: null })}
          />
        )}
        {filters.thread && (
          <Narrowed
            words={`Of one ${filters.thread.split(':')[0]}`}
            onClear={() => change({ thread: null })}
          />
        )}
        {address && (
          <Button tone="quiet" onClick={clear}>
            Clear filters
          </Button>
        )}
      </FilterBar>
      {query.error && (
        <div className={styles.padded}>
          <ErrorPanel
            what="Deliveries"
            error={query.error}
            shownAsOf={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
        </div>
      )}
      {!loaded && !query.error && (
        <div className={styles.padded}>
          <Skeleton what="Deliveries" lines={8} />
        </div>
      )}
      {loaded?.length === 0 &&
        (address ? (
          <EmptyState
            size="page"
            icon={SearchX}
            title="Nothing matches these filters."
            actions={<Button onClick={clear}>Clear filters</Button>}
          />
        ) : (
          <EmptyState size="page" icon={MailCheck} title="Nothing was sent yet.">
            Every message that leaves the building is listed here: to whom, why, and what the
            provider answered.
          </EmptyState>
        ))}
      {loaded && loaded.length > 0 && (
        <List
          deliveries={loaded}
          search={address}
          counted={counted ?? ''}
          next={query.hasNextPage ? () => void query.fetchNextPage() : null}
          loadingNext={query.isFetchingNextPage}
        />
      )}
    </>
  );
}

function Narrowed({ words, onClear }: { words: string; onClear: () => void }) {
  return (
    <span className={styles.narrowed}>
      {words}
      <button type="button" aria-label={`${words}: take away`} onClick={onClear}>
        <X size={13} strokeWidth={1.6} aria-hidden />
      </button>
    </span>
  );
}

interface ListProps {
  deliveries: readonly Delivery[];
  search: string;
  counted: string;
  next: (() => void) | null;
  loadingNext: boolean;
}

function List({ deliveries, search, counted, next, loadingNext }: ListProps) {
  const navigate = useNavigate();
  const { state } = useLocation();
  const { row } = useRowCursor(
    deliveries.map(({ id }) => id),
    { selectable: false, onOpen: (id) => navigate(`/deliveries/${id}${search}`, { state }) },
  );
  return (
    <>
      <div className={styles.list}>
        <Rows label="Deliveries" columns={columns} head={head} plain>
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              state={row(delivery.id)}
              search={search}
            />
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
      <KeyBar hints={hints} note={counted} />
    </>
  );
}
