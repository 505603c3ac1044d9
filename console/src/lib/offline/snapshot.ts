import { hashKey, type QueryClient } from '@tanstack/react-query';
import { type Me, servicesQuery, sessionQuery, summaryQuery, timelineQuery } from '../api';

/** What the board needs to be shown without a server; nothing else is kept. */
const kept = [sessionQuery, servicesQuery, summaryQuery, timelineQuery].map(
  ({ queryKey }) => queryKey,
);
const hashes = new Set(kept.map((key) => hashKey(key)));

export const isKept = (hash: string) => hashes.has(hash);

interface Entry {
  key: readonly unknown[];
  data: unknown;
  /** When the server said so, in milliseconds. */
  at: number;
}

export interface Snapshot {
  /** Whose it is: a person's id, or null for a stranger's board. */
  who: string | null;
  entries: Entry[];
}

/** The secret of a session stays in memory; without it nothing can be changed, only looked at. */
function withoutSecret(data: unknown): unknown {
  const isSession = typeof data === 'object' && data !== null && 'csrf_token' in data;
  return isSession ? { ...data, csrf_token: null } : data;
}

/** What is known now, or null while nobody knows who is here. */
export function snapshotOf(client: QueryClient): Snapshot | null {
  const me = client.getQueryData<Me>(sessionQuery.queryKey);
  if (!me) return null;
  const entries = kept.flatMap((key): Entry[] => {
    const state = client.getQueryState(key);
    if (state?.data === undefined) return [];
    return [{ key, data: withoutSecret(state.data), at: state.dataUpdatedAt }];
  });
  return { who: me.user?.id ?? null, entries };
}

/** Puts back what is missing, dated as it was; answers when the board was last true, or null. */
export function putBack(client: QueryClient, { entries }: Snapshot): number | null {
  for (const { key, data, at } of entries) {
    if (client.getQueryData(key) === undefined) client.setQueryData(key, data, { updatedAt: at });
  }
  const board = entries.find(({ key }) => hashKey(key) === hashKey(servicesQuery.queryKey));
  return board?.at ?? null;
}
