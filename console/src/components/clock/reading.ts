import { span } from '@/lib/time';

/** A promise with a due time; all instants in milliseconds. */
export interface Promised {
  name: 'Response' | 'Resolution';
  startedAt: number;
  dueAt: number;
  pauses: readonly { start: number; end: number | null }[];
  metAt?: number | null;
  /** What a pause waits for: "vendor", "caller". */
  waitsFor?: string;
}

export type Tone = 'calm' | 'soon' | 'late' | 'paused' | 'met';

export interface Stretch {
  kind: 'counted' | 'paused' | 'late' | 'met';
  from: number;
  to: number;
}

/** What a clock shows; positions are shares of the track from 0 to 1. */
export interface Reading {
  tone: Tone;
  words: string;
  stretches: Stretch[];
  now: number | null;
  /** Where half and three quarters of the promised time are used, once pauses are counted out. */
  ticks: { share: number; at: number }[];
  usedMs: number;
  promisedMs: number;
  pausedMs: number;
}

const hour = 3_600_000;

function pausedBetween({ pauses }: Promised, from: number, to: number): number {
  return pauses.reduce((sum, { start, end }) => {
    const overlap = Math.min(end ?? to, to) - Math.max(start, from);
    return sum + Math.max(0, overlap);
  }, 0);
}

/** The instant at which `counted` milliseconds have been used. */
function instantOf(promise: Promised, counted: number): number {
  let at = promise.startedAt + counted;
  for (const { start, end } of promise.pauses) {
    if (start < at) at += (end ?? start) - start;
  }
  return at;
}

function stretchesOf(promise: Promised, until: number, met: boolean): Stretch[] {
  if (met) return [{ kind: 'met', from: promise.startedAt, to: until }];
  const inTime = Math.min(until, promise.dueAt);
  const stretches: Stretch[] = [];
  let from = promise.startedAt;
  for (const { start, end } of promise.pauses) {
    if (start > from) stretches.push({ kind: 'counted', from, to: start });
    const over = end ?? until;
    stretches.push({ kind: 'paused', from: start, to: over });
    from = over;
  }
  if (inTime > from) stretches.push({ kind: 'counted', from, to: inTime });
  if (until > promise.dueAt && from < until) {
    stretches.push({ kind: 'late', from: Math.max(from, promise.dueAt), to: until });
  }
  return stretches;
}

function toneOf(promise: Promised, left: number, promisedMs: number, openPause: boolean): Tone {
  if (promise.metAt != null) return promise.metAt <= promise.dueAt ? 'met' : 'late';
  if (openPause) return 'paused';
  if (left < 0) return 'late';
  return left <= hour || left <= promisedMs / 4 ? 'soon' : 'calm';
}

/** Reads a promise at `now`: words first, then a track from start to due (or to now, when late). */
export function readClock(promise: Promised, now: number): Reading {
  const { startedAt, dueAt, metAt } = promise;
  const until = metAt ?? now;
  const openPause = promise.pauses.some(({ end }) => end === null);
  const promisedMs = dueAt - startedAt - pausedBetween(promise, startedAt, dueAt);
  const pausedMs = pausedBetween(promise, startedAt, until);
  const usedMs = until - startedAt - pausedMs;
  const tone = toneOf(promise, dueAt - now, promisedMs, openPause);
  const end = Math.max(dueAt, until);
  const share = (at: number) => Math.min(1, Math.max(0, (at - startedAt) / (end - startedAt)));
  const words: Record<Tone, string> = {
    calm: `${span(dueAt - now)} left`,
    soon: `${span(dueAt - now)} left`,
    late: metAt == null ? `Late by ${span(now - dueAt)}` : `Met ${span(metAt - dueAt)} late`,
    paused: 'Paused',
    met: `Met in ${span(usedMs)}`,
  };
  return {
    tone,
    words: words[tone],
    stretches: stretchesOf(promise, until, tone === 'met').map(({ kind, from, to }) => ({
      kind,
      from: share(from),
      to: share(to),
    })),
    now: metAt == null ? share(now) : null,
    ticks: [0.5, 0.75]
      .map((part) => instantOf(promise, promisedMs * part))
      .map((at) => ({ share: share(at), at })),
    usedMs,
    promisedMs,
    pausedMs,
  };
}

/** The same promise in one line of a list: "Resolve in 38 min", "Paused, waits for caller". */
export function clockLine(promise: Promised, reading: Reading, now: number): string {
  const verb = promise.name === 'Response' ? 'Respond' : 'Resolve';
  if (reading.tone === 'paused') {
    return promise.waitsFor ? `Paused, waits for ${promise.waitsFor}` : 'Paused';
  }
  if (reading.tone === 'late' || reading.tone === 'met') return reading.words;
  return `${verb} in ${span(promise.dueAt - now)}`;
}
