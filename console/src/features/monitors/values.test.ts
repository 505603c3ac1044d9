import { expect, it } from 'vitest';
import type { Monitor } from '@/lib/api';
import { type OwnKind, ownKinds } from '@/lib/kinds';
import { snippet } from './snippets';
import { blank, configOf, readHeaders, valuesOf, writeHeaders } from './values';

const shown = (config: Record<string, unknown>) =>
  ({ name: null, ...config }) as unknown as Monitor;

it('goes back to the server as it came', () => {
  const configs: Record<OwnKind, Record<string, unknown>> = {
    http: {
      url: 'https://shop.example',
      method: 'POST',
      body: '{"a": 1}\n',
      headers: { Accept: 'a: b', 'X-Key': 'sealed:x' },
      auth: { type: 'basic', username: 'me', password: 'sealed:y' },
      expected_status: ['200', '301-302'],
      json_query: 'a',
      json_expected: '1',
      follow_redirects: false,
      max_response_ms: 900,
      retries: 0,
    },
    tcp: { host: 'db.example', port: 5432, expect: 'ready', timeout_seconds: 2.5 },
    tls: { host: 'shop.example', port: 443, url: null, warn_days: 30, starttls: null },
    dns: { domain: 'shop.example', record_type: 'TXT', expected: ['v=spf1, a', 'b'], match: 'all' },
    ping: { host: '10.0.0.1', packets: 5, degraded_loss_percent: 10 },
    heartbeat: { cron: '0 3 * * *', time_zone: 'Europe/Vienna', interval_seconds: null },
  };
  for (const kind of ownKinds) {
    expect(configOf(kind, valuesOf(shown(configs[kind]), kind))).toMatchObject(configs[kind]);
  }
});

it('takes the place out of the address of a certificate', () => {
  const values = valuesOf(
    shown({ url: 'https://shop.example:8443/', host: null, port: null }),
    'tls',
  );
  expect(configOf('tls', values)).toMatchObject({ host: 'shop.example', port: 8443, url: null });
});

it('sends nothing for fields that are not shown', () => {
  const values = { ...blank('http', 'UTC'), url: 'https://a.example', body: 'x', method: 'GET' };
  expect(configOf('http', values)).toMatchObject({ body: null, auth: null, json_expected: null });
  const job = { ...blank('heartbeat', 'Europe/Vienna'), cron: '* * * * *' };
  expect(configOf('heartbeat', job)).toMatchObject({ cron: null, interval_seconds: 86_400 });
});

it('leaves what is no number for the server to refuse', () => {
  expect(configOf('tcp', { ...blank('tcp', 'UTC'), port: 'x' })).toMatchObject({ port: 'x' });
});

it('keeps headers while they are written', () => {
  const headers: [string, string][] = [
    ['Accept', 'text/html'],
    ['', ''],
  ];
  expect(readHeaders(writeHeaders(headers))).toEqual(headers);
});

it('says how each job ended in its own place', () => {
  const url = 'https://tocsin.example/ping/k';
  expect(snippet('cron', url, null)).toContain(`${url}/$?`);
  expect(snippet('systemd', url, null)).toContain(`${url}$$end`);
  expect(snippet('powershell', url, null)).toContain(`"${url}$end"`);
});
