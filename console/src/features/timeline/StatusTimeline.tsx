import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { FilterBar, FilterChip } from '@/components/filters';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import { Tag } from '@/components/Tag';
import { type Category, type StatusEvent, servicesQuery } from '@/lib/api';
import { useNow } from '@/lib/time';
import { categoryWords, stateWords } from '@/lib/words';
import { byDay, stateAfter, timelineSentence, verbOf } from './days';
import { changesQuery } from './queries';
import styles from './Timeline.module.css';

const categoryChoices = Object.entries(categoryWords).map(([value, label]) => ({ value, label }));

/** What changed, and when? Every change of status by day, newest first; the filters are the address. */
export function StatusTimeline() {
  const [search, setSearch] = useSearchParams();
  const service = search.get('service');
  const said = search.get('category') ?? '';
  const category = said in categoryWords ? (said as Category) : null;
  const query = useInfiniteQuery(changesQuery({ service, category }));
  const now = useNow();
  const events = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const filtered = Boolean(service || category);
  const change = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  if (query.data && events.length === 0 && !filtered) {
    return (
      <EmptyState size="page" title="Nothing has changed yet.">
        As soon as a service changes its state, it stands here.
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className={query.data ? styles.sentence : 'visually-hidden'}>
        {query.data ? timelineSentence(events, now, query.hasNextPage) : 'Timeline'}
      </h1>
      <div className={styles.filters}>
        <FilterBar>
          <ServiceChip chosen={service} onChange={(value) => change('service', value)} />
          <FilterChip
            name="Category"
            chosen={category ? [category] : []}
            choices={categoryChoices}
            onChange={([value]) => change('category', value)}
          />
          {filtered && (
            <Button tone="quiet" onClick={() => setSearch({}, { replace: true })}>
              Clear filters
            </Button>
          )}
        </FilterBar>
      </div>
      <Loaded query={query} what="Timeline">
        {() =>
          events.length === 0 ? (
            <EmptyState
              title="Nothing matches these filters."
              actions={
                <Button onClick={() => setSearch({}, { replace: true })}>Clear filters</Button>
              }
            />
          ) : (
            <Days events={events} now={now} />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <More busy={query.isFetchingNextPage} onReach={() => void query.fetchNextPage()} />
      )}
    </>
  );
}

function ServiceChip({
  chosen,
  onChange,
}: {
  chosen: string | null;
  onChange: (value?: string) => void;
}) {
  const { data } = useQuery(servicesQuery);
  const choices = useMemo(
    () =>
      (data?.items ?? [])
        .map(({ id, name }) => ({ value: id, label: name }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [data],
  );
  return (
    <FilterChip
      name="Service"
      chosen={chosen ? [chosen] : []}
      choices={choices}
      onChange={([value]) => onChange(value)}
    />
  );
}

function Days({ events, now }: { events: readonly StatusEvent[]; now: number }) {
  return (
    <div className={styles.days}>
      {byDay(events, now).map(({ name, events: own }) => (
        <section key={name}>
          <h2>{name}</h2>
          <ol>
            {own.map((event) => (
              <Change key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Change({ event }: { event: StatusEvent }) {
  const state = stateAfter(event);
  return (
    <li className={styles.change}>
      <RelativeTime at={event.at} as="clock" />
      <StatusMark state={state} label={stateWords[state]} />
      <span className={styles.what}>
        <Link to={`/services/${event.service_id}`}>{event.service_name}</Link> {verbOf(event)}
        {event.by_hand && <Tag>Set by hand</Tag>}
      </span>
      {event.detail && <span className={styles.detail}>{event.detail}</span>}
    </li>
  );
}

/** Loads the next page when it comes into sight; a button where nothing watches. */
function More({ busy, onReach }: { busy: boolean; onReach: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  useEffect(() => {
    reach.current = onReach;
  });
  useEffect(() => {
    const element = place.current;
    if (!element || busy || typeof IntersectionObserver === 'undefined') return;
    const watcher = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && reach.current(),
      { rootMargin: '400px' },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [busy]);
  return (
    <div ref={place} className={styles.more}>
      <Button tone="quiet" busy={busy} onClick={onReach}>
        Earlier changes
      </Button>
    </div>
  );
}
