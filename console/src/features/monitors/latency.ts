import type { ChartMark } from '@/components/charts/LineChart';
import type { LatencyPoint } from '@/lib/api';
import { millis } from '@/lib/time';
import { count } from '@/lib/words';

export interface Step {
  at: number;
  point: LatencyPoint | null;
}

/** Every step of a window, in order; the server leaves out those without results. */
export function everyStep(
  points: readonly LatencyPoint[],
  from: number,
  to: number,
  every: number,
): Step[] {
  const known = new Map(points.map((point) => [millis(point.start), point]));
  const first = Math.floor(from / every) * every;
  const steps: Step[] = [];
  for (let at = first; at <= to; at += every) steps.push({ at, point: known.get(at) ?? null });
  return steps;
}

/** One mark for each stretch in which checks failed. */
export function failures(steps: readonly Step[]): ChartMark[] {
  const found: { at: number; bad: number; all: boolean }[] = [];
  let open = false;
  for (const { at, point } of steps) {
    const bad = point?.bad ?? 0;
    const last = found.at(-1);
    if (bad > 0 && open && last) {
      last.bad += bad;
      last.all = last.all && bad === point?.count;
    } else if (bad > 0) found.push({ at, bad, all: bad === point?.count });
    open = bad > 0;
  }
  return found.map(({ at, bad, all }) => ({
    at,
    label: `${bad} bad`,
    state: all ? 'major_outage' : 'degraded',
  }));
}

/** The chart in one sentence, spoken and shown. */
export function latencySentence(points: readonly LatencyPoint[], words: string): string {
  const checks = points.reduce((sum, { count: n }) => sum + n, 0);
  const bad = points.reduce((sum, point) => sum + point.bad, 0);
  const asked = `${count(checks, 'check')} in ${words}`;
  return bad
    ? `${asked}, ${bad.toLocaleString('en-GB')} of them bad.`
    : `${asked}, none of them bad.`;
}
