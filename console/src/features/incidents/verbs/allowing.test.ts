import { describe, expect, it } from 'vitest';
import { sampleDetail } from '../samples';
import { mayNot, verbsInOrder } from './allowing';

const all = ['incidents.resolve', 'incidents.hold', 'incidents.edit'];

describe('a verb', () => {
  it('may run when role and state agree', () => {
    expect(mayNot(sampleDetail(), 'resolve', all)).toBeNull();
    expect(mayNot(sampleDetail({ allowed: [] }), 'edit', all)).toBeNull();
  });

  it('is refused by the role first, then with the server’s reason', () => {
    const closed = sampleDetail({ allowed: [], refused: { resolve: 'it is closed' } });
    expect(mayNot(closed, 'resolve', [])).toMatch(/^You may look/);
    expect(mayNot(closed, 'resolve', all)).toBe('It is closed');
  });

  it('stands in its place: the pause in both directions, acknowledging only once', () => {
    expect(verbsInOrder({ status: 'open', acknowledged_at: null })).toEqual({
      shown: ['acknowledge', 'resolve', 'hold', 'assign'],
      more: ['start', 'cancel'],
    });
    expect(verbsInOrder({ status: 'pending', acknowledged_at: 'x' }).shown).toEqual([
      'resolve',
      'resume',
      'assign',
    ]);
    expect(verbsInOrder({ status: 'closed', acknowledged_at: 'x' }).shown).toEqual(['reopen']);
  });
});
