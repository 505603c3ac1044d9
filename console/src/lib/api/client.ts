import createClient, { type Middleware } from 'openapi-fetch';
import { addressOf } from '../base';
import { etagMemory } from './etags';
import { problemOf, silence } from './problem';
import type { paths } from './types';

const readSeconds = 10;
const writeSeconds = 30;

let csrfToken: string | null = null;
const memory = etagMemory();

/** Keeps the token that `GET /auth/me` answered; it lives in memory only. */
export function keepCsrfToken(token: string | null): void {
  if (token === csrfToken) return;
  csrfToken = token;
  memory.forget();
}

async function patientFetch(request: Request): Promise<Response> {
  const seconds = request.method === 'GET' ? readSeconds : writeSeconds;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(seconds * 1000)]);
  try {
    return await fetch(new Request(request, { signal }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw silence(error, seconds);
  }
}

const manners: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrfToken) request.headers.set('X-CSRF-Token', csrfToken);
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
};

/** The typed API. Refusals and silence throw `ApiProblem`; unchanged answers cost a 304. */
export const api = createClient<paths>({
  baseUrl: addressOf('/api/v1'),
  credentials: 'same-origin',
  fetch: patientFetch,
});
// openapi-fetch runs onResponse in reverse order, so a 304 becomes a 200 before it is judged.
api.use(manners, memory);

/** The body of a successful call: `answer(api.GET('/services'))`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
