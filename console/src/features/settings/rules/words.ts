import type { OpeningTiers, Severity, SeverityRule } from '@/lib/api';
import { count, stateWords } from '@/lib/words';

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

/** A rule that asks for nothing but trouble, to begin with. */
export const plainRule: SeverityRule = {
  status_at_least: 'major_outage',
  severity: 'critical',
  tiers: [],
  min_dependents: null,
  categories: [],
};

/** The list with one place moved by a step; a step over the edge changes nothing. */
export function moved<T>(list: readonly T[], from: number, step: number): T[] {
  const after = [...list];
  const [taken] = after.splice(from, 1);
  if (taken === undefined || from + step < 0 || from + step > after.length) return [...list];
  after.splice(from + step, 0, taken);
  return after;
}

/** What the rules and the table do, in one sentence. */
export function ruleSentence(rule: OpeningTiers, ordered: readonly SeverityRule[] = []): string {
  if (ordered.length) {
    return `${count(ordered.length, 'rule')} decide${ordered.length === 1 ? 's' : ''} first, then the table.`;
  }
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
