import type { Maintenance } from '@/lib/api';
import { clockTime, dayName, moment, readerZone, span } from '@/lib/time';
import { count } from '@/lib/words';

const hour = 3_600_000;
const two = (n: number) => String(n).padStart(2, '0');

/** An instant as the browser's date field wants it, in the reader's zone: "2026-11-21T09:30". */
export function fieldOf(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant that a date field means, as the server wants it; null while it is not complete. */
export function instantOf(field: string): string | null {
  const at = Date.parse(field);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** What a new window begins with: the next full hour, for an hour. */
export function firstTimes(now: number): { starts: string; ends: string } {
  const starts = Math.ceil((now + 1) / hour) * hour;
  return { starts: fieldOf(starts), ends: fieldOf(starts + hour) };
}

export type Repeat = 'never' | 'daily' | 'weekly' | 'monthly' | 'own';

const rules: Record<Exclude<Repeat, 'never' | 'own'>, string> = {
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
};

/** How often a window comes again, as one of the usual choices. */
export function repeatOf(recurrence: Maintenance['recurrence']): Repeat {
  if (!recurrence) return 'never';
  const found = Object.entries(rules).find(([, rule]) => rule === recurrence.rule);
  return (found?.[0] as Repeat | undefined) ?? 'own';
}

/** The recurrence that a choice means, true to the wall clock of the reader's zone. */
export function recurrenceOf(repeat: Repeat, own: string): Maintenance['recurrence'] {
  if (repeat === 'never') return null;
  return { rule: repeat === 'own' ? own.trim() : rules[repeat], time_zone: readerZone };
}

const again: Record<Repeat, string> = {
  never: 'Once',
  daily: 'Every day',
  weekly: 'Every week',
  monthly: 'Every month',
  own: 'Repeats by a rule',
};

export const repeatChoices = (Object.keys(again) as Repeat[]).map((value) => ({
  value,
  label: again[value],
}));

/** "Every week", or the rule itself where it has no short name. */
export function repeatWords(recurrence: Maintenance['recurrence']): string {
  const repeat = repeatOf(recurrence);
  return repeat === 'own' ? (recurrence?.rule ?? '') : again[repeat];
}

/** The same where there is little room: "Every week", "Repeats". */
export function repeatTag(recurrence: Maintenance['recurrence']): string {
  return repeatOf(recurrence) === 'own' ? 'Repeats' : repeatWords(recurrence);
}

/** From when to when: "Tomorrow 02:00 to 04:00", "Sat 21 Nov, 22:00 to Sun 22 Nov, 02:00". */
export function spanWords(
  { starts_at, ends_at }: Pick<Maintenance, 'starts_at' | 'ends_at'>,
  now: number,
): string {
  const starts = Date.parse(starts_at);
  const from = moment(starts, now);
  if (!ends_at) return `${from}, end not known`;
  const ends = Date.parse(ends_at);
  const sameDay = new Date(starts).toDateString() === new Date(ends).toDateString();
  return `${from} to ${sameDay ? clockTime(ends) : `${dayName(ends, now)}, ${clockTime(ends)}`}`;
}

/** The same in few words, where the state is said as well: "Now, until 04:00", "Tomorrow 02:00 – 03:30". */
export function soonWords(
  { starts_at, ends_at, status }: Pick<Maintenance, 'starts_at' | 'ends_at' | 'status'>,
  now: number,
): string {
  const starts = Date.parse(starts_at);
  const ends = ends_at ? Date.parse(ends_at) : null;
  if (status === 'in_progress') {
    if (ends === null) return 'Now, end not known';
    return ends < now ? 'Now, longer than planned' : `Now, until ${lower(moment(ends, now))}`;
  }
  const from = moment(starts, now);
  if (ends === null) return `${from}, end not known`;
  const sameDay = new Date(starts).toDateString() === new Date(ends).toDateString();
  return `${from} – ${sameDay ? clockTime(ends) : moment(ends, now)}`;
}

/** What is worked on and what comes next, in one sentence. */
export function upkeepSentence(
  active: readonly Pick<Maintenance, 'title' | 'ends_at'>[],
  upcoming: readonly Pick<Maintenance, 'starts_at'>[],
  now: number,
): string {
  const next = upcoming[0] && moment(Date.parse(upcoming[0].starts_at), now);
  const [only, ...others] = active;
  if (only && others.length === 0) {
    const left = only.ends_at ? Date.parse(only.ends_at) - now : null;
    return left === null || left < 0
      ? `${only.title} is in progress.`
      : `${only.title} is in progress, ${span(left)} left.`;
  }
  if (only) return `${count(active.length, 'window')} are in progress.`;
  if (next) return `Nothing is in progress; the next begins ${lower(next)}.`;
  return 'Nothing is planned.';
}

const lower = (words: string) =>
  /^(Tomorrow|Yesterday)/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
