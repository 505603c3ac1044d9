import type { TriggerChart, TriggerPreview } from '@/lib/api';
import { millis } from '@/lib/time';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Scales {
  x: (at: number) => number;
  y: (value: number) => number;
  /** Where faint lines and their words stand, from below. */
  ticks: readonly number[];
}

/** Round steps that need four lines at most: 1, 2 or 5 times a power of ten. */
function stepOf(most: number): number {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  return times * power;
}

/** From nought, or from the least value below it, to the greatest value or limit. */
export function scalesOf(chart: TriggerChart, window: TriggerPreview, frame: Frame): Scales {
  const values = chart.lines.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const all = [...values, ...chart.limits.map(({ value }) => value)];
  const most = Math.max(0, ...all) || 1;
  const least = Math.min(0, ...all);
  const step = stepOf(most - least);
  const top = Math.ceil(most / step) * step;
  const bottom = Math.floor(least / step) * step;
  const from = millis(window.from);
  const length = millis(window.to) - from || 1;
  const wide = frame.width - frame.left - frame.right;
  const tall = frame.height - frame.top - frame.bottom;
  const count = Math.round((top - bottom) / step);
  return {
    x: (at) => frame.left + ((at - from) / length) * wide,
    y: (value) => frame.top + (1 - (value - bottom) / (top - bottom)) * tall,
    ticks: Array.from({ length: count + 1 }, (_, index) => bottom + index * step),
  };
}

/** A line that breaks where nothing was measured for long, or where nothing answered. */
export function pathOf(
  points: TriggerChart['lines'][number]['points'],
  { x, y }: Scales,
  longest: number,
): string {
  let last: number | null = null;
  let path = '';
  for (const { at, value } of points) {
    const now = millis(at);
    if (value === null) {
      last = null;
      continue;
    }
    const joined = last !== null && now - last <= longest;
    path += `${joined ? 'L' : 'M'}${x(now).toFixed(1)} ${y(value).toFixed(1)}`;
    last = now;
  }
  return path;
}

/** How long a pause may be and still be drawn through: a twelfth of the day, or four points. */
export function longestPause(window: TriggerPreview): number {
  return (millis(window.to) - millis(window.from)) / 80;
}
