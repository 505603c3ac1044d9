import type { StatusEvent } from '@/lib/api';
import { dayName, millis } from '@/lib/time';
import { type State, stateWords } from '@/lib/words';

export interface DayOfChanges {
  name: string;
  events: StatusEvent[];
}

/** Cuts changes, newest first, into days of the reader's zone. */
export function byDay(events: readonly StatusEvent[], now: number): DayOfChanges[] {
  const days: DayOfChanges[] = [];
  for (const event of events) {
    const name = nameOf(millis(event.at), now);
    const last = days.at(-1);
    if (last?.name === name) last.events.push(event);
    else days.push({ name, events: [event] });
  }
  return days;
}

const day = 86_400_000;

function nameOf(at: number, now: number): string {
  const name = dayName(at, now);
  if (name === dayName(now, now)) return `Today, ${name}`;
  return name === dayName(now - day, now) ? `Yesterday, ${name}` : name;
}

/** What a change led to: blindness is no status. */
export function stateAfter({ after }: StatusEvent): State {
  return after === 'unknown' ? 'poller_broken' : after;
}

/** "became degraded", "recovered", "went silent". */
export function verbOf({ before, after }: StatusEvent): string {
  const wasTrouble = before !== 'operational' && before !== 'unknown';
  if (after === 'operational') return wasTrouble ? 'recovered' : 'works';
  if (after === 'unknown') return 'went silent';
  if (after === 'degraded') return 'became degraded';
  return `had a ${stateWords[after].toLowerCase()}`;
}

const worsens = ['degraded', 'partial_outage', 'major_outage'];

/** The first line: how much changed today. */
export function timelineSentence(
  events: readonly StatusEvent[],
  now: number,
  more: boolean,
): string {
  const today = byDay(events, now).find(({ name }) => name.startsWith('Today'))?.events ?? [];
  if (today.length === 0)
    return events.length ? 'Nothing has changed today.' : 'Nothing has changed yet.';
  const bad = today.filter(({ after }) => worsens.includes(after)).length;
  const services = new Set(today.map(({ service_id }) => service_id)).size;
  const many = more && today.length === events.length ? 'More than ' : '';
  const changes = `${many}${today.length} ${today.length === 1 ? 'change' : 'changes'}`;
  const across = `on ${services} ${services === 1 ? 'service' : 'services'}`;
  return `${changes} today ${across}, ${bad === 0 ? 'none' : bad} for the worse.`;
}
