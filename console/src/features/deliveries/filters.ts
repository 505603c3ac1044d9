import type { DeliveryState } from '@/lib/api';

/** What the list shows, as its address says it. */
export interface Filters {
  state: DeliveryState | null;
  channel: string | null;
  /** A recipient's id or exact address. */
  recipient: string | null;
  /** The fact that caused them. */
  fact: string | null;
  /** What they belong to: "incident:…". */
  thread: string | null;
}

export const states: readonly DeliveryState[] = [
  'failed',
  'blocked',
  'pending',
  'sent',
  'superseded',
];

export const stateWords: Record<DeliveryState, string> = {
  pending: 'On its way',
  sent: 'Sent',
  failed: 'Failed',
  superseded: 'Superseded',
  blocked: 'Blocked',
};

export const channelWords: Record<string, string> = {
  mail: 'Mail',
  slack: 'Slack',
  webhook: 'Webhook',
};

const names = ['state', 'channel', 'recipient', 'fact', 'thread'] as const;

/** Reads an address; what it does not know is left out. */
export function filtersFrom(search: URLSearchParams): Filters {
  const state = states.find((each) => each === search.get('state')) ?? null;
  const text = (name: string) => search.get(name)?.trim() || null;
  return {
    state,
    channel: text('channel'),
    recipient: text('recipient'),
    fact: text('fact'),
    thread: text('thread'),
  };
}

/** Writes an address: "?state=failed"; '' for no filters. */
export function addressOfFilters(filters: Partial<Filters>): string {
  const search = new URLSearchParams();
  for (const name of names) {
    const value = filters[name];
    if (value) search.set(name, value);
  }
  const written = search.toString().replaceAll('%3A', ':').replaceAll('%40', '@');
  return written && `?${written}`;
}

/** The same as a question to the server. */
export function questionOf(filters: Filters) {
  return Object.fromEntries(
    names.flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])),
  );
}
