import { expect, it } from 'vitest';
import { asSentence, count, listed, troubleWords } from './words';

it('makes sentences of what programs say, and leaves names as they are', () => {
  expect(asSentence('lies in the past')).toBe('Lies in the past.');
  expect(asSentence(' Wait a little. ')).toBe('Wait a little.');
  expect(asSentence('“Mars” is no zone; write it like Europe/Berlin')).toBe(
    '“Mars” is no zone; write it like Europe/Berlin.',
  );
  expect(asSentence('response_time was 412 ms')).toBe('response_time was 412 ms.');
  expect(asSentence('did you mean “up”?')).toBe('Did you mean “up”?');
});

it('counts and lists as people do', () => {
  expect([count(1, 'service'), count(1200, 'service')]).toEqual(['1 service', '1,200 services']);
  expect([listed([]), listed(['A']), listed(['A', 'B', 'C'])]).toEqual(['', 'A', 'A, B and C']);
});

it('names the fault before who feels it', () => {
  const impact = 'Payments stop.';
  const said = (detail: string | null, felt: string | null) =>
    troubleWords({ detail, impact_statement: felt });
  expect(said('Answers with 503', impact)).toBe('Answers with 503. Payments stop.');
  expect(said('It is down!', impact)).toBe('It is down! Payments stop.');
  expect([said(null, impact), said('Slow.', null), said(null, null)]).toEqual([
    impact,
    'Slow.',
    '',
  ]);
});
