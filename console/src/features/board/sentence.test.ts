import { describe, expect, it } from 'vitest';
import { boardSentence, type Watched } from './sentence';

function service(name: string, status: Watched['status'], more: Partial<Watched> = {}): Watched {
  return {
    id: name.toLowerCase(),
    name,
    status,
    maintenance: false,
    poller_health: 'ok',
    dependencies: [],
    checked_at: '2026-11-21T09:18:00Z',
    ...more,
  };
}

const broken = { poller_health: 'broken' } as const;

describe('the first line of the board', () => {
  it('names the cause and what follows from it', () => {
    const services = [
      service('Ledger', 'major_outage'),
      service('Checkout', 'partial_outage', { dependencies: ['ledger'] }),
      service('Wallets', 'degraded', { dependencies: ['checkout'] }),
      service('Docs', 'degraded'),
    ];
    expect(boardSentence(services)).toBe('Ledger is down; Checkout and Wallets follow.');
  });

  it('counts other troubles when nothing follows', () => {
    const services = [service('Git', 'partial_outage'), service('Docs', 'degraded')];
    expect(boardSentence(services)).toBe('Git is partly down; 1 other has problems.');
  });

  it('names up to three and counts the rest', () => {
    const services = ['A', 'B', 'C', 'D'].map((name) => service(name, 'degraded'));
    expect(boardSentence(services)).toBe('A, B and 2 others are degraded.');
  });

  it('still names somebody when services depend on each other in a circle', () => {
    const services = [
      service('A', 'degraded', { dependencies: ['b'] }),
      service('B', 'degraded', { dependencies: ['a'] }),
    ];
    expect(boardSentence(services)).toBe('A and B are degraded.');
  });

  it('never says that everything works while something cannot be seen', () => {
    const services = [service('A', 'operational'), service('B', 'unknown', broken)];
    expect(boardSentence(services)).toBe('What can be seen works; 1 service cannot be seen.');
    expect(boardSentence([service('B', 'unknown', broken), service('C', 'unknown')])).toBe(
      'Nothing can be seen: no feed answers.',
    );
    expect(boardSentence([service('A', 'operational'), service('M', 'unknown')])).toBe(
      'What is known works; 1 service is unknown.',
    );
  });

  it('is short when all is well, empty or new', () => {
    expect(boardSentence([service('A', 'operational')])).toBe('Everything works.');
    expect(boardSentence([service('A', 'operational', { maintenance: true })])).toBe(
      'Everything works; 1 service is in maintenance.',
    );
    expect(boardSentence([service('A', 'operational'), service('B', 'unknown')])).toBe(
      'What is known works; 1 service is unknown.',
    );
    expect(boardSentence([])).toBe('Nothing is watched yet.');
    expect(boardSentence([service('A', 'unknown', { checked_at: null })])).toBe(
      'No data yet. The first checks are running.',
    );
  });
});
