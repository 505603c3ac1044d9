import { describe, expect, it } from 'vitest';
import { publishWords, reach, reachWords } from './audience';

const many = { pages: ['main'], mail: 1284, webhooks: 37, chat: 5 };
const none = { pages: ['main'], mail: 0, webhooks: 0, chat: 0 };

describe('who gets a public update', () => {
  it('is counted and named', () => {
    expect(reach(many)).toBe(1326);
    expect(reachWords(many)).toBe('1,284 subscribers by mail, 37 webhooks and 5 chat channels');
    expect(reachWords({ ...none, mail: 1 })).toBe('1 subscriber by mail');
    expect(reachWords(none)).toBe('');
  });

  it('stands on the button before anything leaves', () => {
    expect(publishWords(many, false)).toBe('Publish to 1,326');
    expect(publishWords(many, true)).toBe('Publish to 1,326 and resolve');
    expect(publishWords(none, false)).toBe('Publish on the page');
    expect(publishWords({ ...none, pages: [] }, false)).toBe('Publish');
    expect(publishWords(undefined, true)).toBe('Publish and resolve');
  });
});
