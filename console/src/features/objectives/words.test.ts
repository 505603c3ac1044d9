import { expect, it } from 'vitest';
import { incident } from '@/lib/testing/samples';
import { slo } from './samples';
import {
  budgetSentence,
  incidentOf,
  keptState,
  leftUnder,
  lengthWords,
  percentWords,
  rateWords,
  uptimeWords,
} from './words';

const calm = slo().burn.map((each) => ({ ...each, state: 'calm' as const }));

it.each([
  [{}, 'Take no risks: Checkout burns its error budget fast.'],
  [{ burn: calm, left_percent: -38.89 }, 'Take no risks: Checkout has spent its error budget.'],
  [
    {
      burn: calm.map((each) => ({ ...each, state: 'over' as const, severity: 'ticket' as const })),
    },
    'Slow down: Checkout burns its error budget, 35 % is left.',
  ],
  [{ burn: calm, left_percent: 12 }, 'Slow down: Checkout has 12 % of its error budget left.'],
  [{ burn: calm }, 'You may take risks: Checkout has 35 % of its error budget left.'],
  [
    { burn: calm, insufficient_data: true, spent_seconds: 0, known_percent: 3, left_percent: 100 },
    'Too early to say: 3 % of the last 30 days is known of Checkout.',
  ],
])('answers the question in one sentence (%#)', (more, sentence) => {
  expect(budgetSentence(slo(more))).toBe(sentence);
});

it('writes lengths with seconds while they matter', () => {
  expect([45, 804, 600, 7500, -28 * 60].map(lengthWords)).toEqual([
    '45 s',
    '13 min 24 s',
    '10 min',
    '2 h 05 min',
    '28 min',
  ]);
});

it('never rounds something to nothing', () => {
  expect([0.4, 0, 35.19, -38.89, null].map(percentWords)).toEqual([
    'less than 1 %',
    '0 %',
    '35 %',
    '−39 %',
    'nothing',
  ]);
  expect([99.9999, 99.93, 100, null].map(uptimeWords)).toEqual([
    '99.9999 %',
    '99.93 %',
    '100 %',
    '–',
  ]);
  expect([67, 1000, null].map(rateWords)).toEqual(['67.0 ×', '1000 ×', '–']);
});

it('calls a promise close when under a quarter of what may be lost remains', () => {
  expect([99.89, 99.91, 99.93, null].map((each) => keptState(each, 99.9).word)).toEqual([
    'Missed',
    'Close',
    'Kept',
    'No data',
  ]);
});

it('finds the incident that was open while time was lost', () => {
  const [loss] = slo().losses;
  if (!loss) throw new Error('the sample has no losses');
  const before = incident(1, {
    started_at: '2026-11-01T10:00:00Z',
    resolved_at: '2026-11-02T09:00:00Z',
  });
  const during = incident(2, {
    started_at: '2026-11-02T10:04:00Z',
    resolved_at: '2026-11-02T11:00:00Z',
  });
  const long = incident(3, { started_at: '2026-10-20T10:00:00Z', resolved_at: null });
  const now = Date.parse('2026-11-21T09:18:00Z');
  expect(incidentOf(loss, [before, long, during], now)?.id).toBe('INC0000002');
  expect(incidentOf(loss, [before], now)).toBeUndefined();
});

it('rehearses another target on what was spent', () => {
  expect(leftUnder(99.5, slo())).toBeCloseTo(87.04, 1);
  expect(leftUnder(99.99, slo())).toBeLessThan(0);
});
