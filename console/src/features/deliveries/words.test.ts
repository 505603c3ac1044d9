import { describe, expect, it } from 'vitest';
import { addressOfFilters, filtersFrom, questionOf } from './filters';
import { addressOfSubject, causeWords, recipientWords, saidIn } from './words';

describe('the filters of deliveries', () => {
  it('come from the address and go back into it', () => {
    const address = '?state=failed&channel=mail&recipient=ada@shop.example&thread=incident:01';
    const filters = filtersFrom(new URLSearchParams(address));
    expect(addressOfFilters(filters)).toBe(address);
    expect(questionOf(filters)).toEqual({
      state: 'failed',
      channel: 'mail',
      recipient: 'ada@shop.example',
      thread: 'incident:01',
    });
  });

  it('leave out states that do not exist', () => {
    const filters = filtersFrom(new URLSearchParams('?state=lost&fact=%20'));
    expect(filters).toMatchObject({ state: null, fact: null });
    expect(questionOf(filters)).toEqual({});
  });
});

describe('a delivery in words', () => {
  const cause = (kind: string) => ({ cause: { id: 'f', kind, subject: 'incident:01' } });

  it('says what it tells of', () => {
    expect(causeWords(cause('incident.update_published'))).toBe('Public update');
    expect(causeWords(cause('report.monthly_ready'))).toBe('Report monthly ready');
    expect(causeWords({ cause: null })).toBe('Message');
  });

  it('names a channel by its name and a subscriber by the address', () => {
    const to = { kind: 'channel', id: 'c1', address: 'hooks.slack.example', label: '#ops' };
    expect(recipientWords({ recipient: to })).toBe('#ops');
    expect(recipientWords({ recipient: { ...to, label: '' } })).toBe('hooks.slack.example');
  });

  it('leads to what it is about, where that has a page', () => {
    expect(addressOfSubject('incident:01')).toBe('/incidents/01');
    expect(addressOfSubject('alert:a1')).toBe('/alerts/a1');
    expect(addressOfSubject('subscriber:7')).toBeNull();
  });

  it('shows letters as people read them, and everything as it was sent', () => {
    expect(saidIn({ subject: 'Identified', text: 'A database refuses.' })).toMatchObject({
      subject: 'Identified',
      text: 'A database refuses.',
    });
    expect(saidIn({ type: 'alert.raised', data: {} })).toMatchObject({ subject: null, text: null });
    expect(saidIn({ type: 'x' }).raw).toBe('{\n  "type": "x"\n}');
  });
});
