import { type Root, roots } from '../api';

/** A change somewhere, never the data itself: `{kind: "incident.resolved", subject: "incident:…"}`. */
export interface Hint {
  kind: string;
  subject: string;
  version?: number;
}

const { services, timeline, summary, alerts, incidents, deliveries, maintenance } = roots;
const health: Root[] = [services, timeline, summary];

const byNoun: Record<string, readonly Root[]> = {
  // The server's word that the link is alive: nothing has changed.
  silence: [],
  service: [...health, roots.statusPages],
  condition: [...health, alerts, incidents],
  signal: health,
  objective: [services],
  alert: [alerts, services],
  incident: [incidents, ...health, alerts, deliveries],
  maintenance: [maintenance, services, summary],
  delivery: [deliveries, incidents],
  channel: [roots.channels],
  webhook: [roots.webhooks],
  trigger: [roots.triggers],
  person: [roots.people],
  team: [roots.teams],
  token: [roots.tokens],
  page: [roots.statusPages],
  status_page: [roots.statusPages],
  component: [roots.statusPages],
  subscriber: [roots.statusPages],
};

/** Which queries a hint makes stale, by the noun before the dot; an unknown noun makes everything stale. */
export function touchedBy(hint: Hint): readonly Root[] | 'everything' {
  const noun = hint.kind.split('.')[0] ?? '';
  return byNoun[noun] ?? 'everything';
}

/** Reads a message; anything that is not a hint is null. */
export function readHint(text: unknown): Hint | null {
  if (typeof text !== 'string') return null;
  try {
    const value = JSON.parse(text) as Partial<Hint> | null;
    return typeof value?.kind === 'string' && typeof value.subject === 'string'
      ? (value as Hint)
      : null;
  } catch {
    return null;
  }
}
