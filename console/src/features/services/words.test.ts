import { expect, it } from 'vitest';
import type { AlertDecision } from '@/lib/api';
import { measured, measuredLine } from './words';

const decision: AlertDecision = {
  id: 'd',
  at: '2026-11-21T09:00:00Z',
  verdict: 'not_yet',
  sentence: 'Degraded is not confirmed yet: 2 of 3 polls; 60 s of 120 s.',
  status: 'operational',
  observed: 'degraded',
  target: 'degraded',
  since: null,
  polls_seen: 2,
  polls_needed: 3,
  seconds_seen: 60.4,
  seconds_needed: 120,
  episode: null,
  by_hand: false,
};

it('puts what was measured beside what was needed', () => {
  expect(measured(decision)).toEqual([
    { name: 'Polls in a row', seen: '2', needed: '3', enough: false },
    { name: 'Lasting', seen: '60 s', needed: '120 s', enough: false },
  ]);
  expect(measuredLine(decision)).toBe('2 of 3 polls, 60 of 120 s');
});

it('leaves out what was not asked for', () => {
  const byHand = { ...decision, polls_seen: null, polls_needed: null, seconds_needed: 0 };
  expect(measured(byHand)).toEqual([]);
});
