import { expect, it } from 'vitest';
import { safeNext } from './LogInPage';

it('goes only to addresses of the console after log-in', () => {
  expect(safeNext('/incidents/INC0000001?x=1')).toBe('/incidents/INC0000001?x=1');
  for (const elsewhere of [null, '', '//evil.example', '/\\evil.example', 'https://evil.example']) {
    expect(safeNext(elsewhere)).toBe('/board');
  }
});
