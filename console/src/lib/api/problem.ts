/** What the server refuses with, RFC 9457; `errors` name fields of the request. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

/** A request that did not succeed; `status` 0 means that no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | null;

  constructor(body: ProblemBody & { status: number }, retryAfterSeconds: number | null = null) {
    const title = body.title ?? 'The server refused.';
    super(body.detail ?? title);
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code ?? 'unknown';
    this.title = title;
    this.detail = body.detail ?? null;
    this.fields = Object.fromEntries(
      (body.errors ?? []).map(({ field, message }) => [field, message]),
    );
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** True where a later identical attempt may succeed: no answer, overload, a server fault. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads a refusal; an answer that is no problem document still becomes one, in our words. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('Retry-After'));
  const body = await bodyOf(response);
  return new ApiProblem(
    { title: `The server answered ${response.status}.`, ...body, status: response.status },
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  );
}

async function bodyOf(response: Response): Promise<ProblemBody> {
  if (!response.headers.get('Content-Type')?.includes('json')) return {};
  try {
    return (await response.clone().json()) as ProblemBody;
  } catch {
    return {};
  }
}

/** A request that got no answer: timed out, or the server cannot be reached. */
export function silence(error: unknown, seconds: number): ApiProblem {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  return new ApiProblem({
    status: 0,
    code: timedOut ? 'no_answer' : 'unreachable',
    title: timedOut ? `No answer in ${seconds} s.` : 'The server cannot be reached.',
  });
}

/** The message for one field of a form, or undefined; nested paths join with dots as the server writes them. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiProblem ? error.fields[field] : undefined;
}

/** One sentence for people about any failure. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.detail ?? error.title;
  return error instanceof Error ? error.message : 'Something went wrong.';
}
