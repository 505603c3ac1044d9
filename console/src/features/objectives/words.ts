import type { BurnWindows, IncidentBrief, Loss, Slo } from '@/lib/api';
import { millis, span } from '@/lib/time';
import type { State } from '@/lib/words';

/** Below this share of the budget one should slow down, in percent. */
export const slowBelow = 25;

export type Pace = 'fast' | 'slow' | 'spent' | 'calm' | 'early';

/** How a budget stands, the most urgent first. */
export function paceOf(slo: Slo): Pace {
  const over = slo.burn.filter(({ state }) => state === 'over');
  if (over.some(({ severity }) => severity === 'page')) return 'fast';
  if (slo.left_percent !== null && slo.left_percent <= 0) return 'spent';
  if (over.length > 0) return 'slow';
  if (slo.left_percent === null || (slo.insufficient_data && slo.spent_seconds === 0)) {
    return 'early';
  }
  return 'calm';
}

export const paces: Record<Pace, { word: string; state: State }> = {
  fast: { word: 'Burning fast', state: 'major_outage' },
  spent: { word: 'Spent', state: 'major_outage' },
  slow: { word: 'Burning', state: 'partial_outage' },
  early: { word: 'Too early', state: 'unknown' },
  calm: { word: 'Calm', state: 'operational' },
};

/** May we still take risks? The screen's first line. */
export function budgetSentence(slo: Slo): string {
  const left = percentWords(slo.left_percent);
  switch (paceOf(slo)) {
    case 'fast':
      return `Take no risks: ${slo.name} burns its error budget fast.`;
    case 'spent':
      return `Take no risks: ${slo.name} has spent its error budget.`;
    case 'slow':
      return `Slow down: ${slo.name} burns its error budget, ${left} is left.`;
    case 'early':
      if (!slo.known_percent) return `Too early to say: nothing is known of ${slo.name} yet.`;
      return `Too early to say: ${percentWords(slo.known_percent)} of the last ${slo.window_days} days is known of ${slo.name}.`;
    case 'calm':
      return (slo.left_percent ?? 0) < slowBelow
        ? `Slow down: ${slo.name} has ${left} of its error budget left.`
        : `You may take risks: ${slo.name} has ${left} of its error budget left.`;
  }
}

/** "31 %"; "less than 1 %" where rounding would say nothing is left. */
export function percentWords(percent: number | null): string {
  if (percent === null) return 'nothing';
  return percent > 0 && percent < 1 ? 'less than 1 %' : `${whole(percent)} %`;
}

/** A whole number with a real minus sign. */
export function whole(figure: number): string {
  return String(Math.round(figure)).replace('-', '−');
}

/** "99.93 %": four digits at most, none that is not needed. */
export function uptimeWords(percent: number | null): string {
  return percent === null ? '–' : `${Number(percent.toFixed(percent > 99.99 ? 4 : 2))} %`;
}

/** A length with its seconds while they matter: "45 s", "13 min 24 s", "2 h 05 min". */
export function lengthWords(seconds: number): string {
  const rounded = Math.round(Math.abs(seconds));
  if (rounded < 60 || rounded >= 3600 || rounded % 60 === 0) return span(rounded * 1000);
  return `${Math.floor(rounded / 60)} min ${String(rounded % 60).padStart(2, '0')} s`;
}

/** A burn rate: "67.0 ×", and without decimals from a hundred on. */
export function rateWords(rate: number | null): string {
  return rate === null ? '–' : `${rate < 100 ? rate.toFixed(1) : Math.round(rate)} ×`;
}

/** A limit as people set it: "14.4 ×", "6 ×". */
export function limitWords(limit: number): string {
  return `${Number(limit.toFixed(2))} ×`;
}

/** The two windows of a pair: "1 h" and "5 min". */
export function windowWords({ long_seconds, short_seconds }: BurnWindows): [string, string] {
  return [span(long_seconds * 1000), span(short_seconds * 1000)];
}

export function burnState({ state, severity }: BurnWindows): { word: string; state: State } {
  switch (state) {
    case 'over':
      return { word: 'Over', state: severity === 'page' ? 'major_outage' : 'partial_outage' };
    case 'too_short':
      return { word: 'Too short', state: 'degraded' };
    case 'insufficient_data':
      return { word: 'No data', state: 'unknown' };
    case 'calm':
      return { word: 'Calm', state: 'operational' };
  }
}

/** Whether a promise was kept: close when under a quarter of what may be lost remains. */
export function keptState(percent: number | null, target: number): { word: string; state: State } {
  if (percent === null) return { word: 'No data', state: 'unknown' };
  if (percent < target) return { word: 'Missed', state: 'major_outage' };
  const close = percent - target < (100 - target) / 4;
  return close ? { word: 'Close', state: 'degraded' } : { word: 'Kept', state: 'operational' };
}

/** The incident that was open while time was lost; the one that began nearest, where several were. */
export function incidentOf(
  loss: Loss,
  incidents: readonly IncidentBrief[],
  now: number,
): IncidentBrief | undefined {
  const start = millis(loss.start);
  const end = loss.end ? millis(loss.end) : now;
  const away = (each: IncidentBrief) => Math.abs(millis(each.started_at ?? each.opened_at) - start);
  return incidents
    .filter((each) => {
      const until = each.resolved_at ? millis(each.resolved_at) : now;
      return millis(each.started_at ?? each.opened_at) < end && until > start;
    })
    .sort((one, other) => away(one) - away(other))[0];
}

/** What would be left under another target, in percent; null where nothing was to be measured. */
export function leftUnder(target: number, slo: Slo): number | null {
  const expected = slo.budget_seconds / (1 - slo.target_percent / 100);
  const total = expected * (1 - target / 100);
  return total > 0 ? (100 * (total - slo.spent_seconds)) / total : null;
}
