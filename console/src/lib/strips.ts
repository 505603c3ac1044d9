import type { Day, Segment, Status } from './api';
import { calendarDay, clockTime } from './time';
import { listed, type State, stateWords, statusOrder } from './words';

/** One cell of a strip: a state, or null where nothing was measured. */
export type Cell = State | null;

const rank = (status: Status) => statusOrder.indexOf(status);

/** The worse of two statuses, where anything known counts before unknown. */
function worse(one: Status, other: Status): Status {
  if (one === 'unknown') return other;
  return rank(one) <= rank(other) ? one : other;
}

/**
 * Cuts `[from, to)` into `n` equal cells, each with the worst status in it; unknown reads as no data.
 * What lasts is in the last cell, even if it began after a clock that ticks once a minute.
 */
export function cellsBetween(
  segments: readonly Segment[],
  from: number,
  to: number,
  n: number,
): Cell[] {
  const width = (to - from) / n;
  const dated = segments.map(({ start, end, status }) => ({
    start: end === null ? Math.min(Date.parse(start), to - 1) : Date.parse(start),
    end: end === null ? to : Date.parse(end),
    status,
  }));
  return Array.from({ length: n }, (_, index) => {
    const start = from + index * width;
    const inside = dated.filter((each) => each.start < start + width && each.end > start);
    const known = inside.map(({ status }) => status);
    const worst = known.filter((status) => status !== 'unknown').reduce<Status>(worse, 'unknown');
    return worst === 'unknown' ? null : worst;
  });
}

/** The state a day is drawn in: trouble before maintenance, maintenance before calm. */
export function dayState({ status, maintenance }: Day): Cell {
  if (maintenance && (status === 'operational' || status === null)) return 'maintenance';
  return status === 'unknown' ? null : status;
}

/** "Tue 3 Nov: Major outage", as a bar is named. */
export function dayWords(day: Day): string {
  const state = dayState(day);
  return `${calendarDay(day.date)}: ${state ? stateWords[state] : 'No data'}`;
}

/** What a whole week of bars says in one sentence. */
export function weekWords(days: readonly Day[]): string {
  const troubled = days.filter((day) => {
    const state = dayState(day);
    return state !== null && state !== 'operational';
  });
  if (days.every((day) => dayState(day) === null)) return 'No data yet';
  return troubled.length ? listed(troubled.map(dayWords)) : 'Operational all week';
}

/** What a strip of recent segments says in one sentence. */
export function recentWords(segments: readonly Segment[]): string {
  const said = segments
    .filter(({ status }) => status !== 'operational')
    .map(
      ({ start, status }) =>
        `${stateWords[status].toLowerCase()} from ${clockTime(Date.parse(start))}`,
    );
  return said.length ? listed(said) : 'operational';
}

/** "Degraded, 09:54 to 10:02", as a stretch is named. */
export function segmentWords({ start, end, status }: Segment): string {
  const until = end === null ? 'until now' : `to ${clockTime(Date.parse(end))}`;
  return `${stateWords[status]}, ${clockTime(Date.parse(start))} ${until}`;
}
