import { describe, expect, it } from 'vitest';
import {
  fieldOf,
  firstTimes,
  instantOf,
  recurrenceOf,
  repeatOf,
  repeatWords,
  soonWords,
  spanWords,
  upkeepSentence,
} from './times';

const at = (text: string) => new Date(text).getTime();
const now = at('2026-11-21T09:18:00');
const iso = (text: string) => new Date(text).toISOString();

describe('date fields', () => {
  it('hold an instant in the reader’s zone and give it back', () => {
    expect(fieldOf(at('2026-03-05T07:09:30'))).toBe('2026-03-05T07:09');
    expect(instantOf('2026-03-05T07:09')).toBe(iso('2026-03-05T07:09:00'));
    expect(instantOf('')).toBeNull();
  });

  it('begin with the next full hour', () => {
    expect(firstTimes(now)).toEqual({ starts: '2026-11-21T10:00', ends: '2026-11-21T11:00' });
    expect(firstTimes(at('2026-11-21T10:00:00')).starts).toBe('2026-11-21T11:00');
  });
});

describe('repeating', () => {
  it('has short names for the usual rules, and keeps others', () => {
    const own = { rule: 'FREQ=MONTHLY;BYDAY=-1SU', time_zone: 'Europe/Vienna' };
    expect(repeatOf(null)).toBe('never');
    expect(repeatOf({ ...own, rule: 'FREQ=WEEKLY' })).toBe('weekly');
    expect(repeatWords(own)).toBe('FREQ=MONTHLY;BYDAY=-1SU');
    expect(recurrenceOf('never', 'x')).toBeNull();
    expect(recurrenceOf('own', ' FREQ=YEARLY ')?.rule).toBe('FREQ=YEARLY');
    expect(recurrenceOf('daily', '')?.rule).toBe('FREQ=DAILY');
  });
});

describe('spans', () => {
  it('name the day once where it is one', () => {
    const spanned = (starts: string, ends: string | null) =>
      spanWords({ starts_at: iso(starts), ends_at: ends && iso(ends) }, now);
    expect(spanned('2026-11-22T02:00', '2026-11-22T04:00')).toBe('Tomorrow 02:00 to 04:00');
    expect(spanned('2026-11-21T22:00', '2026-11-22T02:00')).toBe('22:00 to Sun 22 Nov, 02:00');
    expect(spanned('2026-11-21T08:00', null)).toBe('08:00, end not known');
  });
});

describe('the sentence', () => {
  const window = { title: 'New disks', ends_at: iso('2026-11-21T10:00') };
  const next = { starts_at: iso('2026-11-22T02:00') };
  it('says what is going on before what comes', () => {
    expect(upkeepSentence([window], [next], now)).toBe('New disks is in progress, 42 min left.');
    expect(upkeepSentence([{ ...window, ends_at: null }], [], now)).toBe(
      'New disks is in progress.',
    );
    expect(upkeepSentence([window, window], [], now)).toBe('2 windows are in progress.');
    expect(upkeepSentence([], [next], now)).toBe(
      'Nothing is in progress; the next begins tomorrow 02:00.',
    );
    expect(upkeepSentence([], [], now)).toBe('Nothing is planned.');
  });
});

it('says in few words what runs and what is next', () => {
  const from = (starts: string, ends: string | null, status: 'scheduled' | 'in_progress') =>
    soonWords({ starts_at: iso(starts), ends_at: ends && iso(ends), status }, now);
  expect(from('2026-11-22T02:00', '2026-11-22T03:30', 'scheduled')).toBe('Tomorrow 02:00 – 03:30');
  expect(from('2026-11-22T23:00', '2026-11-23T01:00', 'scheduled')).toBe(
    'Tomorrow 23:00 – Mon 23 Nov, 01:00',
  );
  expect(from('2026-11-21T08:00', '2026-11-21T10:00', 'in_progress')).toBe('Now, until 10:00');
  expect(from('2026-11-21T08:00', '2026-11-22T10:00', 'in_progress')).toBe(
    'Now, until tomorrow 10:00',
  );
  expect(from('2026-11-21T08:00', '2026-11-21T09:00', 'in_progress')).toBe(
    'Now, longer than planned',
  );
  expect(from('2026-11-21T08:00', null, 'in_progress')).toBe('Now, end not known');
});
