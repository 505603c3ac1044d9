import { describe, expect, it } from 'vitest';
import { match, pieces, weight } from './match';

describe('matching', () => {
  it('finds the beginning of a word before its middle', () => {
    expect(match('Discard card logo', 'card')).toEqual([[8, 12]]);
    expect(match('Discard', 'card')).toEqual([[3, 7]]);
  });

  it('wants every word, in any order', () => {
    expect(match('Card logo missing for one bank', 'bank card')).toEqual([
      [0, 4],
      [26, 30],
    ]);
    expect(match('Card logo', 'card page')).toBeNull();
  });

  it('joins overlapping runs', () => {
    expect(match('cards', 'car card')).toEqual([[0, 4]]);
  });

  it('cuts the text so that hits can be underlined', () => {
    expect(pieces('Some card payments', [[5, 9]])).toEqual([
      { text: 'Some ', hit: false },
      { text: 'card', hit: true },
      { text: ' payments', hit: false },
    ]);
  });

  it('prefers the start of the text, then the start of a word', () => {
    const of = (text: string) => weight(text.toLowerCase(), match(text, 'card') ?? []);
    expect(of('Card processor')).toBeLessThan(of('Some card payments'));
    expect(of('Some card payments')).toBeLessThan(of('Discard'));
  });
});
