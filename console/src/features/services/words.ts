import type { AlertDecision, Service, ServiceSource, Verdict } from '@/lib/api';
import { kindName } from '@/lib/kinds';
import { stateOf } from '@/lib/state';
import { type State, stateWords } from '@/lib/words';

const predicates: Record<State, string> = {
  operational: 'works',
  degraded: 'is degraded',
  partial_outage: 'is partly down',
  major_outage: 'is down',
  unknown: 'is not known yet',
  maintenance: 'is in maintenance',
  poller_broken: 'cannot be seen',
};

/** The page's first line: "Checkout is partly down." */
export function serviceSentence(service: Service): string {
  return `${service.name} ${predicates[stateOf(service)]}.`;
}

/** How a verdict is called in the trail, and whether it acted or only looked. */
export const verdicts: Record<Verdict, { name: string; acted: boolean }> = {
  confirmed: { name: 'Confirmed', acted: true },
  muted: { name: 'Muted', acted: false },
  improved: { name: 'Improved', acted: true },
  recovered: { name: 'Recovered', acted: true },
  sight_lost: { name: 'Sight lost', acted: false },
  sight_regained: { name: 'Sight regained', acted: true },
  not_yet: { name: 'Not yet', acted: false },
  unchanged: { name: 'Unchanged', acted: false },
  flapping_began: { name: 'Flapping began', acted: true },
  flapping_ended: { name: 'Flapping ended', acted: true },
  stale: { name: 'Too late', acted: false },
};

/** How a decision about telling people is called, and whether they heard anything. */
export const tellings: Record<string, { name: string; acted: boolean }> = {
  sent: { name: 'Told', acted: true },
  held: { name: 'Held back', acted: false },
  released: { name: 'Told after all', acted: true },
  resolved: { name: 'Told: over', acted: true },
  resolved_unseen: { name: 'Over, not told', acted: false },
  flapping_began: { name: 'Told once', acted: true },
  flapping_goes_on: { name: 'Reminded', acted: true },
  flapping_ended: { name: 'Told: calm', acted: true },
};

export interface Measured {
  name: string;
  seen: string;
  needed: string;
  enough: boolean;
}

/** What was measured beside what was needed; empty where the decision asked for neither. */
export function measured(decision: AlertDecision): Measured[] {
  const { polls_seen, polls_needed, seconds_seen, seconds_needed } = decision;
  const polls =
    polls_seen !== null && polls_needed !== null
      ? [
          {
            name: 'Polls in a row',
            seen: String(polls_seen),
            needed: String(polls_needed),
            enough: polls_seen >= polls_needed,
          },
        ]
      : [];
  const age =
    seconds_seen !== null && seconds_needed
      ? [
          {
            name: 'Lasting',
            seen: `${Math.round(seconds_seen)} s`,
            needed: `${Math.round(seconds_needed)} s`,
            enough: seconds_seen >= seconds_needed,
          },
        ]
      : [];
  return [...polls, ...age];
}

/** "3 of 3 polls, 120 of 120 s" for one line of the trail. */
export function measuredLine(decision: AlertDecision): string {
  return measured(decision)
    .map(({ name, seen, needed }) =>
      name === 'Lasting' ? `${seen.replace(' s', '')} of ${needed}` : `${seen} of ${needed} polls`,
    )
    .join(', ');
}

/** What kind of source this is, in words. */
export function sourceWords({ kind, name }: Pick<ServiceSource, 'kind' | 'name'>): string {
  return name ?? kindName(kind);
}

/** What a stretch of segments says when spoken. */
export function changeLine(before: Service['status'], after: Service['status']): string {
  return `${stateWords[before]} → ${stateWords[after].toLowerCase()}`;
}
