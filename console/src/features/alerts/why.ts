import type { Alert, AlertDecision, AlertDetail, Status, Verdict } from '@/lib/api';
import { span } from '@/lib/time';
import { asSentence, count, stateWords } from '@/lib/words';

const seconds = (value: number) => span(value * 1000);

/** Why somebody got this, in one sentence with the figures that decided it. */
export function whySentence(
  { service_name, tier }: Pick<Alert, 'service_name' | 'tier'>,
  decision: AlertDecision | null,
): string {
  if (!decision) return `${service_name} had trouble; the reason is no longer kept.`;
  const { target, verdict, by_hand, polls_seen, seconds_seen } = decision;
  const state = stateWords[target].toLowerCase();
  if (by_hand) return `Somebody said that ${service_name} is at ${state}.`;
  const polls = polls_seen === null ? '' : ` in ${count(polls_seen, 'poll')} in a row`;
  const over = seconds_seen ? `, over ${seconds(seconds_seen)}` : '';
  if (verdict === 'recovered') return `${service_name} is operational again${polls}.`;
  if (verdict === 'improved') return `${service_name} improved to ${state}${polls}.`;
  return `${service_name} was at ${state}${polls}${over}; it is a service of tier ${tier}.`;
}

/** Why a trigger or a burning budget raised it: its name, and what it measured then. */
export function raisedBy({
  title,
  service_name,
  tellings,
}: Pick<AlertDetail, 'title' | 'service_name' | 'tellings'>): { name: string; reason: string } {
  const first = tellings.at(-1)?.sentence;
  return {
    name: asSentence(title ?? `${service_name} had trouble`),
    reason: first ? asSentence(first) : 'The reason is no longer kept.',
  };
}

/** A line of the rule and what was measured beside it. */
export interface RuleLine {
  rule: string;
  measured: string;
  /** Whether what was measured is enough. */
  met: boolean;
}

const comparisons: Partial<Record<Verdict, string>> = { improved: '≤', recovered: '=' };

/** The rule that decided, line by line, beside what was measured. */
export function ruleLines(decision: AlertDecision): RuleLine[] {
  const { verdict, target, observed, by_hand } = decision;
  const { polls_seen, polls_needed, seconds_seen, seconds_needed } = decision;
  if (by_hand) {
    return [{ rule: 'a person’s word counts at once', measured: stateWords[target], met: true }];
  }
  const compare = comparisons[verdict] ?? '≥';
  const lines: RuleLine[] = [
    {
      rule: `status ${compare} ${stateWords[target].toLowerCase()}`,
      measured: stateWords[observed].toLowerCase(),
      met: verdict !== 'not_yet' || observed === target,
    },
  ];
  if (polls_needed) {
    const seen = polls_seen ?? 0;
    lines.push({
      rule: `in ${polls_needed} of ${count(polls_needed, 'poll')}`,
      measured: `${count(seen, 'poll')} in a row`,
      met: seen >= polls_needed,
    });
  }
  if (seconds_needed) {
    const seen = seconds_seen ?? 0;
    lines.push({
      rule: `for at least ${seconds(seconds_needed)}`,
      measured: seconds(seen),
      met: seen >= seconds_needed,
    });
  }
  return lines;
}

export const verdictWords: Record<Verdict, string> = {
  confirmed: 'Confirmed',
  muted: 'Muted',
  improved: 'Improved',
  recovered: 'Recovered',
  sight_lost: 'Out of sight',
  sight_regained: 'In sight again',
  not_yet: 'Not yet',
  unchanged: 'Unchanged',
  flapping_began: 'Flapping began',
  flapping_ended: 'Flapping ended',
  stale: 'Too late',
};

/** How bad a status is, 0 for operational to 3 for a major outage; unknown has no height. */
export function height(status: Status): number | null {
  const heights: Partial<Record<Status, number>> = {
    operational: 0,
    degraded: 1,
    partial_outage: 2,
    major_outage: 3,
  };
  return heights[status] ?? null;
}

/**
 * The whole trail of an alert, newest first: the decisions of its episode, and those since the
 * trouble began that were not yet enough.
 */
export function trailOf(
  { since, resolved_at, decisions }: Pick<AlertDetail, 'since' | 'resolved_at' | 'decisions'>,
  others: readonly AlertDecision[],
): AlertDecision[] {
  const from = Date.parse(since);
  const to = resolved_at === null ? Number.POSITIVE_INFINITY : Date.parse(resolved_at);
  const known = new Set(decisions.map(({ id }) => id));
  const before = others.filter(({ id, at, episode }) => {
    const when = Date.parse(at);
    return !known.has(id) && episode === null && when >= from && when <= to;
  });
  return [...decisions, ...before].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** The decision that answers why: the newest that confirmed trouble, else the one that is kept. */
export function deciding(
  trail: readonly AlertDecision[],
  kept: AlertDecision | null,
): AlertDecision | null {
  return trail.find(({ verdict }) => verdict === 'confirmed') ?? kept;
}

export interface Sample {
  at: number;
  status: Status;
  verdict: Verdict;
}

/** What was seen at each decision, oldest first; instants in milliseconds. */
export function samplesOf(decisions: readonly AlertDecision[]): Sample[] {
  return decisions
    .map(({ at, observed, verdict }) => ({ at: Date.parse(at), status: observed, verdict }))
    .toSorted((a, b) => a.at - b.at);
}
