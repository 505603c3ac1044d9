import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, type Me, sessionQuery } from '../api';
import { wasTrueAt } from '../live';
import { empty, putAway, takeOut } from './drawer';
import { isKept, putBack, snapshotOf } from './snapshot';

const rest = 2000;

/** Puts the board away whenever it was answered anew; storage that is full or closed keeps nothing. */
function keep(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let who: string | null | undefined;
  async function write() {
    timer = undefined;
    const snapshot = snapshotOf(client);
    if (snapshot) await putAway(snapshot).catch(forgetBoard);
  }
  const stop = client.getQueryCache().subscribe(({ type, query, ...event }) => {
    if (type !== 'updated' || !isKept(query.queryHash)) return;
    const { action } = event as { action: { type: string; manual?: boolean } };
    if (action.type !== 'success') return;
    const me = client.getQueryData<Me>(sessionQuery.queryKey);
    const now = me && (me.user?.id ?? null);
    if (who !== undefined && now !== who) void forgetBoard();
    if (now !== undefined) who = now;
    if (!action.manual) timer ??= setTimeout(write, rest);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Nothing of the board stays on this device. */
export async function forgetBoard(): Promise<void> {
  await empty().catch(() => {
    // Storage that cannot be opened holds nothing of ours.
  });
}

/** Keeps the last known board of whoever is here for as long as the console is open. */
export function useKeepBoard(): void {
  const client = useQueryClient();
  useEffect(() => keep(client), [client]);
}

/** While the server cannot be reached: puts the last known board back, once. True when that was tried. */
export function useRestored(failure: unknown): boolean {
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const unreachable = failure instanceof ApiProblem && failure.code === 'unreachable';
  useEffect(() => {
    if (!unreachable || tried) return;
    void takeOut()
      .then((snapshot) => {
        const at = snapshot && putBack(client, snapshot);
        if (at) wasTrueAt(at);
      })
      .catch(forgetBoard)
      .finally(() => setTried(true));
  }, [client, unreachable, tried]);
  return tried;
}
