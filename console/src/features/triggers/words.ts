import type { Severity, TriggerChart, TriggerPreview } from '@/lib/api';
import { millis, span } from '@/lib/time';
import { count } from '@/lib/words';

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** "at once", "2 min", "1 h 30 min". */
export function durationWords(minutes: number): string {
  return minutes === 0 ? 'at once' : span(minutes * 60_000);
}

/** A value in the unit of its chart: "31,200 ms", "12.5 %", "503". */
export function valueWords(value: number, unit: TriggerChart['unit']): string {
  const shown = unit === '%' ? value * 100 : value;
  const digits = Math.abs(shown) < 10 ? 2 : Math.abs(shown) < 100 ? 1 : 0;
  const figure = shown.toLocaleString('en-GB', { maximumFractionDigits: digits });
  return unit ? `${figure} ${unit}` : figure;
}

/** "7 days"; fewer where a service is measured very often. */
export function windowWords({ from, to }: Pick<TriggerPreview, 'from' | 'to'>): string {
  const days = Math.round((millis(to) - millis(from)) / 8_640_000) / 10;
  return days === 1 ? 'day' : `${days} days`;
}

/** The answer of a preview, first: "It would have fired 3 times, for 42 min in total." */
export function previewSentence(preview: TriggerPreview): string {
  const { count: times, total_minutes, evaluated } = preview;
  const window = windowWords(preview);
  if (evaluated === 0) return `There is nothing to judge: no value came in, in the last ${window}.`;
  if (times === 0) return `In the last ${window} it would not have fired.`;
  const often = times === 1 ? 'once' : count(times, 'time');
  return `In the last ${window} it would have fired ${often}, for ${span(total_minutes * 60_000)} in total.`;
}

/** What a preview cannot know; null where it saw nearly everything. */
export function coverageSentence({ coverage, evaluated }: TriggerPreview): string | null {
  if (evaluated === 0 || coverage > 0.95) return null;
  const percent = (coverage * 100).toLocaleString('en-GB', { maximumFractionDigits: 0 });
  const share = coverage < 0.01 ? 'less than 1' : percent;
  return `Only for ${share} % of that time it is known whether the condition held.`;
}
