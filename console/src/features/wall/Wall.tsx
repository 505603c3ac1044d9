import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { FlappingTag } from '@/components/FlappingTag';
import { LiveDot } from '@/components/LiveDot';
import { Loaded } from '@/components/Loaded';
import { OfflineWords } from '@/components/OfflineWords';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import { type Service, servicesQuery, summaryQuery } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { useLive } from '@/lib/live';
import { stateOf } from '@/lib/state';
import { clockTime, dayName, useNow } from '@/lib/time';
import { count, type State, stateWords } from '@/lib/words';
import { gridFor, pagesOf, roomFor, rowsOf, wallOrder, wallSentence } from './pages';
import styles from './Wall.module.css';

/** The board on a wall: the worst first, readable from five metres, pages by itself; Escape leaves. */
export function Wall() {
  const navigate = useNavigate();
  const query = useQuery(servicesQuery);
  useAwake();
  useKeys([
    { keys: 'Escape', label: 'Leave the wall', group: 'Go', run: () => void navigate('/board') },
    { keys: 'f', label: 'Full screen', group: 'Do', run: () => void toggleFullScreen() },
  ]);
  return (
    <div className={styles.wall}>
      <Foot />
      {query.data === undefined && <h1 className="visually-hidden">Wall</h1>}
      <div className={styles.inside}>
        <Loaded query={query} what="Wall">
          {({ items }) => <Tiles services={items} />}
        </Loaded>
      </div>
    </div>
  );
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}

/** Asks the screen not to go dark; where that is refused the machine's own settings rule. */
function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    async function ask() {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (left) await lock?.release();
    }
    void ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}

/** The clock and how fresh all this is; first in the page, last on the screen. */
function Foot() {
  const now = useNow('second');
  const { state, answeredAt, offline } = useLive();
  const { data: summary } = useQuery(summaryQuery);
  const open = summary?.open_incidents ?? 0;
  return (
    <header className={styles.foot}>
      <time className={styles.clock} dateTime={new Date(now).toISOString()}>
        {clockTime(now)}
      </time>
      <span>{dayName(now, now)}</span>
      {summary && <span>{open ? `${count(open, 'incident')} open` : 'Nothing is open'}</span>}
      <span className={styles.live}>
        {offline ? (
          <strong>
            <OfflineWords asOf={answeredAt} />
          </strong>
        ) : (
          <LiveDot live={state === 'live'} at={answeredAt} now={now} />
        )}
      </span>
    </header>
  );
}

const turnEvery = 12_000;
/** Until the screen is measured. */
const usual = { width: 1200, height: 512 };

function Tiles({ services }: { services: readonly Service[] }) {
  const { ref, width, height } = useElementSize();
  const most = roomFor(width || usual.width, height || usual.height);
  const fits = most.columns * most.rows;
  const pages = useMemo(() => pagesOf(services, fits), [services, fits]);
  const room = gridFor(services.length, width || usual.width, height || usual.height);
  const [turn, setTurn] = useState(0);
  const page = pages[turn % Math.max(1, pages.length)] ?? [];
  useEffect(() => {
    if (pages.length < 2) return;
    const timer = setInterval(() => setTurn((before) => before + 1), turnEvery);
    return () => clearInterval(timer);
  }, [pages.length]);
  const rows = rowsOf(page, room.rows);
  const { state, words } = wallSentence(services);
  const left = services.length - new Set(pages.flat()).size;
  return (
    <>
      <div className={styles.head} data-state={state}>
        <StatusMark state={state} size={64} />
        <h1>{words}</h1>
        <Counts services={services} />
      </div>
      <div ref={ref} className={styles.place}>
        <ul className={styles.tiles}>
          {rows.map((row) =>
            row.map((service) => (
              <Tile
                key={service.id}
                service={service}
                size={{ width: part(row.length), height: part(rows.length) }}
              />
            )),
          )}
        </ul>
      </div>
      {(pages.length > 1 || left > 0) && (
        <p className={styles.pages}>
          {pages.length > 1 && `Page ${(turn % pages.length) + 1} of ${pages.length}. `}
          {left > 0 && `${count(left, 'more service works', 'more services work')}.`}
        </p>
      )}
    </>
  );
}

function Counts({ services }: { services: readonly Service[] }) {
  const states = services.map(stateOf);
  const present = wallOrder
    .map((state): [State, number] => [state, states.filter((each) => each === state).length])
    .filter(([, number]) => number > 0);
  return (
    <ul className={styles.counts}>
      {present.map(([state, number]) => (
        <li key={state}>
          <StatusMark state={state} size={28} label={stateWords[state]} />
          <span className="tabular">{number}</span>
        </li>
      ))}
    </ul>
  );
}

/** Maintenance has its own times; what works needs none. */
const timed = (state: State) => state !== 'operational' && state !== 'maintenance';

/** One of so many beside or below each other, the gaps between them shared out. */
const part = (of: number) => `calc((100% - ${of - 1} * var(--gap)) / ${of})`;

function Tile({ service, size }: { service: Service; size: CSSProperties }) {
  const state = stateOf(service);
  const since = state === 'poller_broken' ? service.last_good_at : service.status_since;
  return (
    <li className={styles.tile} data-state={state} style={size}>
      <div className={styles.face}>
        <StatusMark state={state} size={34} />
        <strong>{service.name}</strong>
        <span className={styles.word}>
          {stateWords[state]}
          {timed(state) && since && (
            <>
              {state === 'poller_broken' ? ', blind for ' : ' for '}
              <RelativeTime at={since} as="short" />
            </>
          )}
        </span>
        {service.flapping && <FlappingTag service={service} />}
      </div>
    </li>
  );
}
