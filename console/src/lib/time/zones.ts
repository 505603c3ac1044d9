import { offsetIn } from './instants';

/** An instant on the clocks of a zone. */
export interface WallTime {
  /** "Sun 29 Mar"; with the year when it is another one. */
  day: string;
  /** "03:00". */
  time: string;
  /** "UTC+2". */
  offset: string;
}

/** The zone, or UTC where the browser has never heard of it. */
function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** What the clocks of a zone show at an instant. */
export function wallTime(at: number, zone: string, now: number): WallTime {
  const timeZone = knownZone(zone);
  const year = (instant: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' }).format(instant);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(year(at) !== year(now) && { year: 'numeric' }),
  });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return {
    day: day.format(at).replace(',', ''),
    time: time.format(at),
    offset: offsetIn(at, timeZone),
  };
}

/** Every zone that the browser knows, for suggestions. */
export const zoneNames: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];
