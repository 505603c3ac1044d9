import { describe, expect, it } from 'vitest';
import { addressOfFilters, filtersFrom, isFiltered, questionOf } from './filters';

const read = (search: string) => filtersFrom(new URLSearchParams(search));

describe('the filters of the incident list', () => {
  it('come from the address and go back into it', () => {
    const address =
      '?status=pending,resolved&severity=high&priority=P1,P2&service=checkout&assignee=me&q=card';
    expect(addressOfFilters(read(address))).toBe(address);
  });

  it('leave out what they do not know', () => {
    expect(read('?status=asleep,pending&severity=&priority=P9')).toMatchObject({
      status: ['pending'],
      severity: [],
      priority: [],
    });
  });

  it('say nothing when nothing is filtered', () => {
    expect(addressOfFilters(read(''))).toBe('');
    expect(isFiltered(read('?q=%20'))).toBe(false);
    expect(isFiltered(read('?assignee=nobody'))).toBe(true);
  });

  it('ask the server for what is open unless a state is named', () => {
    expect(questionOf(read(''))).toEqual({ open: true });
    expect(questionOf(read('?status=closed'))).toEqual({ status: ['closed'] });
    expect(questionOf(read('?assignee=me&q=card'))).toEqual({
      open: true,
      assigned_to: 'me',
      q: 'card',
    });
  });

  it('keep “nobody” to themselves, because the server has no word for it', () => {
    expect(questionOf(read('?assignee=nobody'))).toEqual({ open: true });
  });
});
