import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem, answer, api, fieldError } from '.';
import { keepCsrfToken } from './client';

const requests: Request[] = [];
let answers: (() => Response | Promise<Response>)[] = [];

function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), {
    ...init,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  });
}

beforeEach(() => {
  requests.length = 0;
  answers = [];
  keepCsrfToken(null);
  vi.stubGlobal('fetch', async (request: Request) => {
    requests.push(request);
    const next = answers.shift();
    if (!next) throw new TypeError('no answer prepared');
    return next();
  });
});

afterEach(() => vi.unstubAllGlobals());

it('sends what it read before as If-None-Match and takes a 304 as the same answer', async () => {
  answers = [
    () => json({ items: [] }, { headers: { ETag: '"7"' } }),
    () => new Response(null, { status: 304 }),
  ];
  const first = await answer(api.GET('/services'));
  const second = await answer(api.GET('/services'));
  expect(requests[0]?.headers.get('If-None-Match')).toBeNull();
  expect(requests[1]?.headers.get('If-None-Match')).toBe('"7"');
  expect(second).toEqual(first);
});

it('forgets what it read when the session changes', async () => {
  answers = [() => json({ items: [] }, { headers: { ETag: '"7"' } }), () => json({ items: [1] })];
  await api.GET('/services');
  keepCsrfToken('of another session');
  await api.GET('/services');
  expect(requests[1]?.headers.get('If-None-Match')).toBeNull();
});

it('sends the CSRF token with writes only', async () => {
  keepCsrfToken('secret');
  answers = [() => json({ items: [] }), () => new Response(null, { status: 204 })];
  await api.GET('/services');
  await api.POST('/auth/logout');
  expect(requests.map((request) => request.headers.get('X-CSRF-Token'))).toEqual([null, 'secret']);
});

it('turns a refusal into a problem that names its fields', async () => {
  const body = {
    title: 'Some fields are wrong.',
    status: 422,
    code: 'invalid',
    errors: [{ field: 'reason', message: 'expected some text' }],
  };
  answers = [
    () => json(body, { status: 422, headers: { 'Content-Type': 'application/problem+json' } }),
  ];
  const refused = await api
    .POST('/services/{service_id}/status', {
      params: { path: { service_id: 'git' } },
      body: { new_status: 'degraded', reason: '' },
    })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(fieldError(refused, 'reason')).toBe('expected some text');
  expect(fieldError(refused, 'detail')).toBeUndefined();
  expect((refused as ApiProblem).passing).toBe(false);
});

it('says that the server cannot be reached, and that trying again may help', async () => {
  answers = [() => Promise.reject(new TypeError('network'))];
  const silence = (await api.GET('/services').catch((error: unknown) => error)) as ApiProblem;
  expect(silence.message).toBe('The server cannot be reached.');
  expect(silence.passing).toBe(true);
});

it('makes a problem of an answer that is none', async () => {
  answers = [() => new Response('<html>', { status: 502, headers: { 'Retry-After': '7' } })];
  const broken = (await api.GET('/services').catch((error: unknown) => error)) as ApiProblem;
  expect(broken.title).toBe('The server answered 502.');
  expect(broken.retryAfterSeconds).toBe(7);
});
