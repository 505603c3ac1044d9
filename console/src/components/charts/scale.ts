/** Positions on a chart: where a value stands between the edges of its drawing. */
export type Scale = (value: number) => number;

export function scale(from: number, to: number, start: number, end: number): Scale {
  const length = to - from || 1;
  return (value) => start + ((value - from) / length) * (end - start);
}

const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000];

/** At most `most` round values that hold everything between, the first and last beyond the edges. */
export function gridOf(low: number, high: number, most = 5): number[] {
  const enough = (step: number) => Math.ceil(high / step) - Math.floor(low / step) < most;
  const step = steps.find(enough) ?? 10 ** Math.ceil(Math.log10((high - low || 1) / (most - 1)));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, n) =>
    Number(((first + n) * step).toFixed(6)),
  );
}

export interface Placed {
  at: number;
  value: number | null;
}

/** A line through the values, broken where there is none: one list of corners per piece. */
export function pieces(points: readonly Placed[]): { at: number; value: number }[][] {
  const found: { at: number; value: number }[][] = [];
  let open = false;
  for (const { at, value } of points) {
    if (value === null) {
      open = false;
      continue;
    }
    if (open) found.at(-1)?.push({ at, value });
    else found.push([{ at, value }]);
    open = true;
  }
  return found;
}

/** An SVG path through corners. */
export function path(
  corners: readonly { at: number; value: number }[],
  x: Scale,
  y: Scale,
): string {
  return corners
    .map(({ at, value }, n) => `${n ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}
