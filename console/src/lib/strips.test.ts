import { describe, expect, it } from 'vitest';
import { cellsBetween, dayState, dayWords, recentWords, weekWords } from './strips';

const at = (time: string) => `2026-11-21T${time}:00Z`;
const from = Date.parse(at('08:00'));
const to = Date.parse(at('10:00'));

describe('cells of a strip', () => {
  it('take the worst status in each cell', () => {
    const segments = [
      { start: at('07:00'), end: at('09:10'), status: 'operational' as const, maintenance: false },
      { start: at('09:10'), end: at('09:20'), status: 'major_outage' as const },
      { start: at('09:20'), end: null, status: 'degraded' as const },
    ];
    expect(cellsBetween(segments, from, to, 4)).toEqual([
      'operational',
      'operational',
      'major_outage',
      'degraded',
    ]);
  });

  it('show what began a moment after the clock last ticked', () => {
    const segments = [
      { start: at('07:00'), end: at('10:01'), status: 'operational' as const },
      { start: at('10:01'), end: null, status: 'major_outage' as const },
    ];
    expect(cellsBetween(segments, from, to, 2)).toEqual(['operational', 'major_outage']);
  });

  it('stay hollow where nothing or only unknown was seen', () => {
    const segments = [{ start: at('09:00'), end: null, status: 'unknown' as const }];
    expect(cellsBetween(segments, from, to, 2)).toEqual([null, null]);
  });
});

describe('a day', () => {
  it('shows trouble before maintenance and maintenance before calm', () => {
    const date = '2026-11-21';
    expect(dayState({ date, status: 'degraded', maintenance: true })).toBe('degraded');
    expect(dayState({ date, status: 'operational', maintenance: true })).toBe('maintenance');
    expect(dayState({ date, status: 'unknown', maintenance: false })).toBeNull();
  });

  it('is named with its state', () => {
    expect(dayWords({ date: '2026-11-03', status: 'major_outage', maintenance: false })).toBe(
      'Tue 3 Nov: Major outage',
    );
    expect(dayWords({ date: '2026-11-03', status: null, maintenance: false })).toBe(
      'Tue 3 Nov: No data',
    );
  });

  it('is part of a week that reads as one sentence', () => {
    const week = (status: 'operational' | 'degraded' | null) => [
      { date: '2026-11-02', status: 'operational' as const, maintenance: false },
      { date: '2026-11-03', status, maintenance: false },
    ];
    expect(weekWords(week('operational'))).toBe('Operational all week');
    expect(weekWords(week('degraded'))).toBe('Tue 3 Nov: Degraded');
    expect(weekWords([{ date: '2026-11-02', status: null, maintenance: false }])).toBe(
      'No data yet',
    );
  });
});

it('reads the last hours as a sentence', () => {
  expect(recentWords([{ start: at('08:00'), end: null, status: 'operational' }])).toBe(
    'operational',
  );
  expect(recentWords([{ start: at('08:52'), end: null, status: 'major_outage' }])).toBe(
    'major outage from 09:52',
  );
});
