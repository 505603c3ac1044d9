import { describe, expect, it } from 'vitest';
import { clockLine, type Promised, readClock } from './reading';

const at = (time: string) => Date.parse(`2026-11-21T${time}:00Z`);
const resolution: Promised = {
  name: 'Resolution',
  startedAt: at('09:52'),
  dueAt: at('13:02'),
  pauses: [{ start: at('10:02'), end: at('10:12') }],
};

describe('a running clock', () => {
  const now = at('10:18');
  const reading = readClock(resolution, now);

  it('says first how much is left', () => {
    expect(reading.words).toBe('2 h 44 min left');
    expect(reading.tone).toBe('calm');
    expect(clockLine(resolution, reading, now)).toBe('Resolve in 2 h 44 min');
  });

  it('counts the pause out of what was used', () => {
    expect(reading.usedMs).toBe(16 * 60_000);
    expect(reading.pausedMs).toBe(10 * 60_000);
    expect(reading.promisedMs).toBe(180 * 60_000);
    expect(reading.stretches.map(({ kind }) => kind)).toEqual(['counted', 'paused', 'counted']);
  });

  it('has ticks where half and three quarters of the counted time are used', () => {
    expect(reading.ticks.map((tick) => tick.at)).toEqual([at('11:32'), at('12:17')]);
  });

  it('turns amber in the last hour, and in the last quarter', () => {
    expect(readClock(resolution, at('12:02')).tone).toBe('soon');
    const long: Promised = { ...resolution, dueAt: at('09:52') + 48 * 3_600_000, pauses: [] };
    expect(readClock(long, at('09:52') + 36 * 3_600_000).tone).toBe('soon');
    expect(readClock(long, at('09:52') + 35 * 3_600_000).tone).toBe('calm');
  });
});

it('is red only when late, from the due time on', () => {
  const now = at('14:14');
  const reading = readClock(resolution, now);
  expect(reading.tone).toBe('late');
  expect(reading.words).toBe('Late by 1 h 12 min');
  const late = reading.stretches.find(({ kind }) => kind === 'late');
  expect(late?.to).toBe(1);
  expect(late?.from).toBeCloseTo(190 / 262);
});

it('is paused while a pause is open, whatever the time', () => {
  const held = { ...resolution, pauses: [{ start: at('11:00'), end: null }], waitsFor: 'vendor' };
  const reading = readClock(held, at('14:00'));
  expect(reading.tone).toBe('paused');
  expect(clockLine(held, reading, at('14:00'))).toBe('Paused, waits for vendor');
});

it('is met with the time it took, or says how late it was met', () => {
  const response: Promised = {
    name: 'Response',
    startedAt: at('09:52'),
    dueAt: at('10:07'),
    pauses: [],
    metAt: at('09:56'),
  };
  expect(readClock(response, at('12:00')).words).toBe('Met in 4 min');
  expect(readClock({ ...response, metAt: at('10:20') }, at('12:00')).words).toBe('Met 13 min late');
});
