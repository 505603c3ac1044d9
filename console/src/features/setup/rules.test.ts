import { expect, it } from 'vitest';
import { strengthOf } from './password';

it('judges a password by its length first', () => {
  expect(strengthOf('short').score).toBe(0);
  expect(strengthOf('aaaaaaaaaaaa').score).toBe(0);
  expect(strengthOf('Tr0ub4dor').score).toBe(1);
  expect(strengthOf('larkfieldx').score).toBe(2);
  expect(strengthOf('larks sing early').words).toBe('16 characters, strong');
});
