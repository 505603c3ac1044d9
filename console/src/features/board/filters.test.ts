import { describe, expect, it } from 'vitest';
import { service } from '@/lib/testing/samples';
import { filtersFrom, isFiltered, noFilters, passing, withFilters } from './filters';

const git = service('Git', { owner_team: 'platform' });
const pay = service('Card payments', { category: 'finance', tier: 2, status: 'degraded' });
const blind = service('Backup', { poller_health: 'broken', status: 'major_outage', tier: 3 });
const all = [git, pay, blind];

describe('the filters of the board', () => {
  it('are read from the address, and what they do not know is left out', () => {
    const search = new URLSearchParams('q= card &category=finance,moon&tier=2,9&state=degraded');
    const filters = filtersFrom(search);
    expect(filters).toEqual({ q: 'card', category: ['finance'], tier: ['2'], state: ['degraded'] });
    expect(passing(all, filters)).toEqual([pay]);
  });

  it('are written into the address beside what else it says', () => {
    const search = new URLSearchParams('view=executive&q=old');
    const filters = { ...noFilters, category: ['hr', 'finance'] as const };
    expect(withFilters(search, { ...filters, category: [...filters.category] })).toBe(
      'view=executive&category=hr,finance',
    );
    expect(withFilters(search, noFilters)).toBe('view=executive');
  });

  it('find words in any order, in the name, the shelf and the owner', () => {
    const named = (q: string) => passing(all, { ...noFilters, q }).map(({ name }) => name);
    expect(named('payments CARD')).toEqual(['Card payments']);
    expect(named('finance')).toEqual(['Card payments']);
    expect(named('platform')).toEqual(['Git']);
    expect(named('nothing like it')).toEqual([]);
  });

  it('keep a blind poller apart from the outage it last knew', () => {
    expect(passing(all, { ...noFilters, state: ['major_outage'] })).toEqual([]);
    expect(passing(all, { ...noFilters, state: ['poller_broken'] })).toEqual([blind]);
  });

  it('let everything through while nothing is chosen', () => {
    expect(isFiltered(noFilters)).toBe(false);
    expect(passing(all, noFilters)).toBe(all);
  });
});
