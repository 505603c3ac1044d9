import { describe, expect, it } from 'vitest';
import { sampleUpdate } from '../samples';
import { changedImpacts, firstImpacts, openImpacts } from './impacts';

const hit = (id: string, status: 'operational' | 'degraded' | 'major_outage' | 'unknown') => ({
  id,
  name: id,
  status,
});

describe('what the public knows of services', () => {
  const begin = sampleUpdate({ at: '2026-11-21T09:00:00Z', impacts: { cards: 'major_outage' } });
  const better = sampleUpdate({
    at: '2026-11-21T09:30:00Z',
    phase: 'monitoring',
    impacts: { cards: 'degraded', wallets: 'degraded' },
  });

  it('lasts from the update that names it until one that says otherwise, in the order of what they tell', () => {
    expect(openImpacts([better, begin])).toEqual({ cards: 'degraded', wallets: 'degraded' });
    const well = sampleUpdate({ at: '2026-11-21T09:40:00Z', impacts: { wallets: 'operational' } });
    expect(openImpacts([well, better, begin])).toEqual({ cards: 'degraded' });
  });

  it('ends with a resolved update and does not count internal notes', () => {
    const over = sampleUpdate({ at: '2026-11-21T09:50:00Z', phase: 'resolved' });
    expect(openImpacts([over, better, begin])).toEqual({});
    const note = sampleUpdate({ public: false, impacts: {} });
    expect(openImpacts([note])).toEqual({});
  });

  it('is suggested from how services are, as long as nothing was said', () => {
    const incident = {
      updates: [],
      affected_services: [
        hit('cards', 'major_outage'),
        hit('ledger', 'major_outage'),
        hit('wallets', 'operational'),
        hit('vault', 'unknown'),
      ],
    };
    expect(firstImpacts(incident, (id) => id !== 'ledger')).toEqual({ cards: 'major_outage' });
  });

  it('is what was said, once something was', () => {
    const incident = { updates: [begin], affected_services: [hit('wallets', 'degraded')] };
    expect(firstImpacts(incident, () => true)).toEqual({ cards: 'major_outage' });
  });

  it('is sent only where it changes', () => {
    const chosen = { cards: 'degraded', wallets: 'operational', payouts: 'degraded' } as const;
    expect(changedImpacts(chosen, { cards: 'degraded' })).toEqual({ payouts: 'degraded' });
    expect(changedImpacts({ cards: 'operational' }, { cards: 'degraded' })).toEqual({
      cards: 'operational',
    });
  });
});
