import type { Severity, TriggerChart, TriggerPreview } from '@/lib/api';
import { span } from '@/lib/time';
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

/** The answer of a preview, first: "It would have fired 3 times, for 42 min in total." */
export function previewSentence({ count: times, total_minutes, evaluated }: TriggerPreview) {
  if (evaluated === 0) return 'There is nothing to judge: no value came in during these 7 days.';
  if (times === 0) return 'In the last 7 days it would not have fired.';
  const often = times === 1 ? 'once' : count(times, 'time');
  return `In the last 7 days it would have fired ${often}, for ${span(total_minutes * 60_000)} in total.`;
}

/** What a preview cannot know; null where it saw nearly everything. */
export function coverageSentence({ coverage, evaluated }: TriggerPreview): string | null {
  if (evaluated === 0 || coverage > 0.95) return null;
  const share = (coverage * 100).toLocaleString('en-GB', { maximumFractionDigits: 0 });
  return `It was known for ${share} % of the time only whether the condition held.`;
}
