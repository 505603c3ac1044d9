import { describe, expect, it } from 'vitest';
import { calendarDay, clockTime, exact, moment, shortSpan, span } from '.';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a span', () => {
  it.each([
    [45_000, '45 s', '45 s'],
    [38 * minute, '38 min', '38 min'],
    [2 * hour + 44 * minute, '2 h 44 min', '2 h 44'],
    [6 * hour + 5 * minute, '6 h 05 min', '6 h 05'],
    [2 * hour, '2 h', '2 h'],
    [2 * day + 4 * hour + 59 * minute, '2 d 4 h', '2 d'],
    [-5, '0 s', '0 s'],
  ])('of %d ms reads %s, short %s', (milliseconds, long, short) => {
    expect(span(milliseconds)).toBe(long);
    expect(shortSpan(milliseconds)).toBe(short);
  });
});

describe('an instant in the reader’s zone (Brussels in tests)', () => {
  const now = Date.parse('2026-11-21T09:18:00Z');

  it('is a clock time today, and names the day otherwise', () => {
    expect(clockTime(now)).toBe('10:18');
    expect(moment(Date.parse('2026-11-21T08:52:00Z'), now)).toBe('09:52');
    expect(moment(Date.parse('2026-11-20T08:52:00Z'), now)).toBe('Yesterday 09:52');
    expect(moment(Date.parse('2026-11-22T01:00:00Z'), now)).toBe('Tomorrow 02:00');
    expect(moment(Date.parse('2026-11-17T08:52:00Z'), now)).toBe('Tue 17 Nov, 09:52');
    expect(moment(Date.parse('2025-11-17T08:52:00Z'), now)).toBe('Mon 17 Nov 2025, 09:52');
  });

  it('is exact on hover, with zone and offset', () => {
    expect(exact(Date.parse('2026-11-21T08:52:07Z'))).toBe(
      'Sat 21 Nov 2026, 09:52:07, Europe/Brussels (UTC+1)',
    );
  });

  it('never re-cuts a calendar day', () => {
    expect(calendarDay('2026-11-21')).toBe('Sat 21 Nov');
  });
});
