import type { Category, IncidentBrief, Service, Sla, UptimeHistory } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { categoryWords, type State } from '@/lib/words';

/** The services customers meet first: tier 1, or all where nothing is tier 1. */
export function foremost<T extends { tier: number }>(services: readonly T[]): readonly T[] {
  const first = services.filter(({ tier }) => tier === 1);
  return first.length ? first : services;
}

export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

export interface DayFigure {
  date: string;
  value: number | null;
}

/** One figure per day out of the availability of the services with these ids. */
export function byDay(
  histories: readonly UptimeHistory[],
  ids: ReadonlySet<string>,
  figure: (values: number[]) => number | null,
): DayFigure[] {
  const days = new Map<string, number[]>();
  for (const { id, days: own } of histories) {
    if (!ids.has(id)) continue;
    for (const { date, uptime_percent } of own) {
      const values = days.get(date) ?? [];
      if (uptime_percent !== null) values.push(uptime_percent);
      days.set(date, values);
    }
  }
  return [...days]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([date, values]) => ({ date, value: values.length ? figure(values) : null }));
}

/** How many incidents were open when each day ended; the last is now. `dates` are days of the reader. */
export function openByDay(
  incidents: readonly IncidentBrief[],
  dates: readonly string[],
  now: number,
) {
  return dates.map((date) => {
    const end = Math.min(new Date(`${date}T23:59:59.999`).getTime(), now);
    const open = incidents.filter(({ opened_at, resolved_at, closed_at, status }) => {
      const over = resolved_at ?? closed_at;
      if (over === null && status === 'cancelled') return false;
      return Date.parse(opened_at) <= end && (over === null || Date.parse(over) > end);
    });
    return { date, value: open.length };
  });
}

/** From worst to calmest, blindness after trouble. */
const severity: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded',
  'poller_broken',
  'unknown',
  'maintenance',
  'operational',
];

export function worstOf(services: readonly Service[]): State {
  const states = new Set(services.map(stateOf));
  return severity.find((state) => states.has(state)) ?? 'unknown';
}

export interface Shelf {
  category: Category;
  name: string;
  state: State;
  percent: number | null;
}

/** Every category that holds something: its worst state now and its mean availability, worst first. */
export function shelves(services: readonly Service[], slas: readonly Sla[]): Shelf[] {
  const percents = new Map(slas.map(({ id, uptime_percent }) => [id, uptime_percent['30d']]));
  return (Object.keys(categoryWords) as Category[])
    .flatMap((category) => {
      const own = services.filter((service) => service.category === category);
      if (own.length === 0) return [];
      const percent = mean(own.map(({ id }) => percents.get(id) ?? null));
      return [{ category, name: categoryWords[category], state: worstOf(own), percent }];
    })
    .toSorted((a, b) => severity.indexOf(a.state) - severity.indexOf(b.state));
}

export type Kept = 'missed' | 'close' | 'kept' | 'unknown';

/** Whether a promise is kept: close when under a quarter of what may be lost remains. */
export function keptBy(percent: number | null, target: number): Kept {
  if (percent === null) return 'unknown';
  if (percent < target) return 'missed';
  return percent - target < (100 - target) / 4 ? 'close' : 'kept';
}

const keptOrder: readonly Kept[] = ['missed', 'close', 'kept', 'unknown'];

/** Missed promises first, by how much; what is not known at the end. */
export function promisesInOrder(slas: readonly Sla[]): Sla[] {
  const rank = ({ uptime_percent, target_percent }: Sla) =>
    keptOrder.indexOf(keptBy(uptime_percent['30d'], target_percent));
  const room = ({ uptime_percent, target_percent }: Sla) =>
    (uptime_percent['30d'] ?? 100) - target_percent;
  return slas.toSorted((a, b) => rank(a) - rank(b) || a.tier - b.tier || room(a) - room(b));
}

/** "99.93 %": two digits behind the point, four where nearly nothing is missing. */
export function percentWords(percent: number | null): string {
  return percent === null ? '–' : `${roundedDown(percent)} %`;
}

/** Rounding never makes a missing second look like none: 99.999 is not 100. */
function roundedDown(percent: number): string {
  const digits = percent > 99.99 && percent < 100 ? 4 : 2;
  return (Math.floor(percent * 10 ** digits + 1e-6) / 10 ** digits).toFixed(
    percent === 100 ? 0 : digits,
  );
}
