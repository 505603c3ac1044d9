import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarClock, History } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { ViewTabs } from '@/components/filters';
import { KeyBar } from '@/components/KeyBar';
import { RowGroup, Rows } from '@/components/rows/Rows';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import { type Maintenance, servicesQuery } from '@/lib/api';
import { useNow } from '@/lib/time';
import { count } from '@/lib/words';
import styles from './maintenance.module.css';
import { openQuery, pastQuery } from './queries';
import { upkeepSentence } from './times';
import { columns, head, WindowRow } from './WindowRow';

const hints = [
  { keys: 'j k', label: 'move' },
  { keys: 'Enter', label: 'open' },
  { keys: 'c', label: 'plan maintenance' },
  { keys: '?', label: 'all keys' },
];

interface Props {
  /** The one action of an empty list, for those who may. */
  plan: ReactNode;
}

/** What is worked on, what comes next, and what was. */
export function WindowList({ plan }: Props) {
  const [search] = useSearchParams();
  const past = search.get('view') === 'past';
  const views = [
    { name: 'Now and next', search: '', current: !past },
    { name: 'Past', search: '?view=past', current: past },
  ];
  return (
    <>
      <ViewTabs label="Views" views={views} />
      {past ? <Past /> : <Open plan={plan} />}
    </>
  );
}

function Open({ plan }: Props) {
  const active = useQuery(openQuery('active'));
  const upcoming = useQuery(openQuery('upcoming'));
  const now = useNow();
  const failed = active.error ? active : upcoming.error ? upcoming : null;
  if (!active.data || !upcoming.data) return <Waiting failed={failed} />;
  const [running, coming] = [active.data.items, upcoming.data.items];
  if (running.length + coming.length === 0) {
    return (
      <EmptyState size="page" icon={CalendarClock} title="Nothing is planned." actions={plan}>
        During a window its services count as in maintenance: no alerts, and no downtime. What
        vendors announce appears here by itself.
      </EmptyState>
    );
  }
  const groups = [
    { title: 'In progress', windows: running },
    { title: 'Upcoming', windows: coming },
  ];
  return (
    <>
      {failed && <Waiting failed={failed} />}
      <p className={styles.sentence}>{upkeepSentence(running, coming, now)}</p>
      <Windows groups={groups} label="Maintenance now and next" />
    </>
  );
}

function Past() {
  const query = useInfiniteQuery(pastQuery);
  const windows = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  if (!windows) return <Waiting failed={query.error ? query : null} />;
  if (windows.length === 0) {
    return (
      <EmptyState size="page" icon={History} title="No maintenance has taken place yet.">
        Windows are listed here once they are completed or cancelled.
      </EmptyState>
    );
  }
  return (
    <>
      {query.error && <Waiting failed={query} />}
      <Windows groups={[{ title: '', windows }]} label="Past maintenance" />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

interface Failed {
  error: Error | null;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

function Waiting({ failed }: { failed: Failed | null }) {
  return (
    <div className={styles.padded}>
      {failed?.error ? (
        <ErrorPanel
          what="Maintenance"
          error={failed.error}
          shownAsOf={failed.dataUpdatedAt}
          onRetry={() => void failed.refetch()}
        />
      ) : (
        <Skeleton what="Maintenance" lines={6} />
      )}
    </div>
  );
}

interface Group {
  title: string;
  windows: readonly Maintenance[];
}

function Windows({ groups, label }: { groups: readonly Group[]; label: string }) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const services = useQuery(servicesQuery).data?.items;
  const names = useMemo(() => new Map(services?.map(({ id, name }) => [id, name])), [services]);
  const shown = groups.filter(({ windows }) => windows.length > 0);
  const ids = shown.flatMap(({ windows }) => windows.map(({ id }) => id));
  const { row } = useRowCursor(ids, {
    selectable: false,
    onOpen: (id) => void navigate(`/maintenance/${id}${search}`),
  });
  return (
    <>
      <div className={styles.list}>
        <Rows label={label} columns={columns} head={head} plain>
          {shown.map(({ title, windows }) => [
            title && <RowGroup key={title} title={title} note={windows.length} />,
            ...windows.map((window) => (
              <WindowRow
                key={window.id}
                window={window}
                state={row(window.id)}
                names={names}
                search={search}
              />
            )),
          ])}
        </Rows>
      </div>
      <KeyBar hints={hints} note={count(ids.length, 'window')} />
    </>
  );
}
