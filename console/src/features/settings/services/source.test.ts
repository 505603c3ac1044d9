import { describe, expect, it } from 'vitest';
import { blankSource, partsOf, sourceFields, sourceOf } from './source';

describe('the source of a service', () => {
  it('goes back to the server as it came', () => {
    const sources = [
      { kind: 'statuspage', url: 'https://status.gitfold.example', components: ['c1', 'c2'] },
      { kind: 'slack', url: 'https://slack-status.example' },
      { kind: 'manual' },
      { kind: 'aws', url: 'https://health.example', regions: ['us-east-1', 'eu-central-1'] },
      { kind: 'google_cloud', locations: ['us-west1'], components: ['Storage'] },
      { kind: 'salesforce', instance: 'EU35' },
      { kind: 'statusio', url: 'https://status.example', page_id: '0123456789abcdef01234567' },
      {
        kind: 'json',
        url: 'https://api.example/health',
        query: 'services[].state',
        mapping: { ok: 'operational', 'a=b': 'degraded' },
      },
      { kind: 'tls', host: 'shop.example', port: 443, warn_days: 30 },
      {
        kind: 'http',
        url: 'https://api.example',
        expected_status: ['200'],
        timeout_seconds: 5,
        method: 'POST',
        auth: { type: 'bearer', token: 'sealed:x' },
      },
      {
        kind: 'http',
        url: 'https://shop.example',
        expected_status: ['200', '3xx'],
        keyword: 'Basket',
        timeout_seconds: 5,
      },
    ];
    for (const source of sources) expect(sourceOf(sourceFields(source))).toEqual(source);
  });

  it('sends only what its kind has', () => {
    const fields = { ...blankSource, url: ' https://shop.example ', components: ['c1'] };
    expect(sourceOf({ ...fields, kind: 'manual' })).toEqual({ kind: 'manual' });
    expect(sourceOf({ ...fields, kind: 'http' })).toEqual({
      kind: 'http',
      url: 'https://shop.example',
      expected_status: ['200-399'],
      timeout_seconds: 10,
    });
    expect(sourceOf({ ...fields, components: [] })).toEqual({
      kind: 'statuspage',
      url: 'https://shop.example',
    });
  });

  it('forgets what only the kind before it had', () => {
    const fields = sourceFields({ kind: 'tls', host: 'shop.example' });
    expect(sourceOf({ ...fields, kind: 'azure' })).toEqual({ kind: 'azure' });
  });

  it('leaves what it cannot read for the server to refuse', () => {
    const json = { ...blankSource, kind: 'json', own: { mapping: 'ok' } };
    expect(sourceOf(json)).toEqual({ kind: 'json', mapping: { ok: '' } });
  });

  it('leaves what is no number for the server to refuse', () => {
    const fields = { ...blankSource, kind: 'http', url: 'x', timeout: 'soon' };
    expect(sourceOf(fields)).toMatchObject({ timeout_seconds: 'soon' });
  });
});

describe('the parts of a vendor', () => {
  const trial = {
    components: [
      { id: 'c1', name: 'Git', group: 'Core', status: 'degraded' as const },
      { id: 'c2', name: 'Pages', group: null, status: 'operational' as const },
    ],
  };

  it('are those that were found, by group and name', () => {
    expect(partsOf(trial, []).map(({ label }) => label)).toEqual(['Core / Git', 'Pages']);
  });

  it('keep what was chosen before and is not listed now', () => {
    expect(partsOf(trial, ['c1', 'gone']).map(({ value }) => value)).toEqual(['c1', 'c2', 'gone']);
    expect(partsOf(undefined, ['c1'])).toEqual([{ value: 'c1', label: 'c1', status: null }]);
    expect(partsOf(trial, ['Core / Git']).length).toBe(2);
  });
});
