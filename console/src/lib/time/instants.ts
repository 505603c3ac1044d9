const locale = 'en-GB';

const clockFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const secondsFormat = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const dayYearFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** The reader's zone, as the browser knows it. */
export const readerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const plain = (text: string) => text.replace(',', '');

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / 86_400_000);
}

/** Milliseconds of an ISO instant. */
export function millis(instant: string): number {
  return Date.parse(instant);
}

/** "10:17" in the reader's zone. */
export function clockTime(at: number): string {
  return clockFormat.format(at);
}

/** "Sat 21 Nov"; with the year when it is another one. */
export function dayName(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return plain((sameYear ? dayFormat : dayYearFormat).format(at));
}

/** The shortest honest time: "10:17" today, "Yesterday 10:17", "Tomorrow 02:00", "Sat 21 Nov, 09:52". */
export function moment(at: number, now: number): string {
  const days = daysBetween(now, at);
  if (days === 0) return clockTime(at);
  if (days === -1) return `Yesterday ${clockTime(at)}`;
  if (days === 1) return `Tomorrow ${clockTime(at)}`;
  return `${dayName(at, now)}, ${clockTime(at)}`;
}

/** "UTC+1" for a zone at that instant. */
export function offsetIn(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
  return (name ?? 'UTC').replace('GMT', 'UTC');
}

/** The same for the reader's zone. */
export function offsetName(at: number): string {
  return offsetIn(at, readerZone);
}

/** The exact instant for hovering: "Sat 21 Nov 2026, 09:52:07, Europe/Brussels (UTC+1)". */
export function exact(at: number): string {
  const date = plain(dayYearFormat.format(at));
  return `${date}, ${secondsFormat.format(at)}, ${readerZone} (${offsetName(at)})`;
}

/** A calendar day "2026-11-21" (cut in the server's zone) as "Sat 21 Nov"; never shifted by the reader's zone. */
export function calendarDay(date: string): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return plain(dayFormat.format(new Date(year, month - 1, day)));
}
