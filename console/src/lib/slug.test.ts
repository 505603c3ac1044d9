import { describe, expect, it } from 'vitest';
import { slugOf } from './slug';

describe('an id from a name', () => {
  it('has small letters, digits and hyphens, and no more than 63 of them', () => {
    expect(slugOf('Larkfield Pay!')).toBe('larkfield-pay');
    expect(slugOf('  Café & Büro  2 ')).toBe('cafe-buro-2');
    expect(slugOf('x'.repeat(80))).toHaveLength(63);
    expect(slugOf('„“')).toBe('');
    expect(slugOf(`!${'y'.repeat(70)}`)).toHaveLength(63);
  });
});
