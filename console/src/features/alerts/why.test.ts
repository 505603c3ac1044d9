import { describe, expect, it } from 'vitest';
import type { AlertDecision } from '@/lib/api';
import { addressOfFilters, filtersFrom } from './queries';
import { deciding, ruleLines, samplesOf, trailOf, whySentence } from './why';

const decision = (different: Partial<AlertDecision> = {}): AlertDecision => ({
  id: 'd',
  at: '2026-11-21T08:52:00Z',
  verdict: 'confirmed',
  sentence: 'Major outage is confirmed: 3 polls in a row (3 needed).',
  status: 'major_outage',
  observed: 'major_outage',
  target: 'major_outage',
  since: '2026-11-21T08:41:00Z',
  polls_seen: 3,
  polls_needed: 3,
  seconds_seen: 660,
  seconds_needed: 600,
  episode: 1,
  by_hand: false,
  ...different,
});

const alert = { service_name: 'Ledger database', tier: 1 } as const;

describe('why somebody got an alert', () => {
  it('is one sentence with the figures', () => {
    expect(whySentence(alert, decision())).toBe(
      'Ledger database was at major outage in 3 polls in a row, over 11 min; it is a service of tier 1.',
    );
    expect(whySentence(alert, decision({ polls_seen: 1, seconds_seen: 0 }))).toBe(
      'Ledger database was at major outage in 1 poll in a row; it is a service of tier 1.',
    );
  });

  it('names what made it better, and people', () => {
    const better = decision({ verdict: 'improved', target: 'degraded', polls_seen: 2 });
    expect(whySentence(alert, better)).toBe(
      'Ledger database improved to degraded in 2 polls in a row.',
    );
    expect(whySentence(alert, decision({ by_hand: true }))).toBe(
      'Somebody said that Ledger database is at major outage.',
    );
    expect(whySentence(alert, null)).toMatch(/no longer kept/);
  });
});

describe('the rule beside what was measured', () => {
  it('says what was needed and what there was', () => {
    expect(ruleLines(decision())).toEqual([
      { rule: 'status ≥ major outage', measured: 'major outage', met: true },
      { rule: 'in 3 of 3 polls', measured: '3 polls in a row', met: true },
      { rule: 'for at least 10 min', measured: '11 min', met: true },
    ]);
  });

  it('marks what is missing', () => {
    const missing = ruleLines(decision({ verdict: 'not_yet', polls_seen: 2, seconds_seen: 240 }));
    expect(missing.map(({ met }) => met)).toEqual([true, false, false]);
  });

  it('asks for no age where none is needed, and for nothing of a person', () => {
    expect(ruleLines(decision({ seconds_needed: null })).length).toBe(2);
    expect(ruleLines(decision({ by_hand: true }))).toEqual([
      { rule: 'a person’s word counts at once', measured: 'Major outage', met: true },
    ]);
  });
});

describe('the trail of decisions', () => {
  const alert = { since: '2026-11-21T08:41:00Z', resolved_at: '2026-11-21T09:30:00Z' };

  it('adds what was not yet enough, since the trouble began', () => {
    const confirmed = decision({ id: 'c' });
    const trail = trailOf({ ...alert, decisions: [confirmed] }, [
      confirmed,
      decision({ id: 'early', at: '2026-11-21T08:45:00Z', verdict: 'not_yet', episode: null }),
      decision({ id: 'before', at: '2026-11-20T08:45:00Z', verdict: 'not_yet', episode: null }),
      decision({ id: 'after', at: '2026-11-21T10:00:00Z', verdict: 'not_yet', episode: null }),
      decision({ id: 'other', at: '2026-11-21T09:00:00Z', episode: 2 }),
    ]);
    expect(trail.map(({ id }) => id)).toEqual(['c', 'early']);
  });
});

describe('the decision that answers why', () => {
  it('is the one that confirmed the trouble, also after it is over', () => {
    const over = decision({ id: 'r', verdict: 'recovered' });
    const confirmed = decision({ id: 'c' });
    expect(deciding([over, confirmed], over)).toBe(confirmed);
    expect(deciding([over], over)).toBe(over);
    expect(deciding([], null)).toBeNull();
  });
});

describe('samples', () => {
  it('run from the oldest to the newest', () => {
    const samples = samplesOf([
      decision({ at: '2026-11-21T08:52:00Z' }),
      decision({ at: '2026-11-21T08:50:00Z', observed: 'degraded', verdict: 'not_yet' }),
    ]);
    expect(samples.map(({ status }) => status)).toEqual(['degraded', 'major_outage']);
  });
});

describe('the filters of alerts', () => {
  it('come from the address and go back into it', () => {
    const read = (search: string) => filtersFrom(new URLSearchParams(search));
    expect(addressOfFilters(read('?state=firing&service=ledger'))).toBe(
      '?state=firing&service=ledger',
    );
    expect(read('?state=loud')).toEqual({ state: null, service: null });
  });
});
