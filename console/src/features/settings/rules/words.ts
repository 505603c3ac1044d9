import type { OpeningTiers, Severity } from '@/lib/api';
import { stateWords } from '@/lib/words';

export const tiers = [
  { key: 'tier_1', name: 'Tier 1', means: 'hurts most' },
  { key: 'tier_2', name: 'Tier 2', means: 'hurts' },
  { key: 'tier_3', name: 'Tier 3', means: 'can wait' },
] as const;

export const troubles = ['major_outage', 'partial_outage', 'degraded'] as const;

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What the table does, in one sentence: "A major outage of tier 1 opens a critical incident." */
export function ruleSentence(rule: OpeningTiers): string {
  const cells = tiers.flatMap(({ key, name }) =>
    troubles.flatMap((trouble) => {
      const severity = rule[key][trouble];
      const state = stateWords[trouble].toLowerCase();
      return severity ? [`${state} of ${name.toLowerCase()}`] : [];
    }),
  );
  const [only] = cells;
  if (!only) return 'No trouble opens an incident by itself; people open them.';
  if (cells.length === 1) return `Only a ${only} opens an incident by itself.`;
  return `${cells.length} of ${tiers.length * troubles.length} kinds of trouble open an incident by themselves.`;
}
