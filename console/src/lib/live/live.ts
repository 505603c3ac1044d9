import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiProblem, roots, sessionQuery } from '../api';
import { addressOf } from '../base';
import { type Hint, touchedBy } from './hints';
import { keepLink, type LinkState } from './socket';

const gatherFor = 150;
const pollEvery = 30_000;

export interface Live {
  state: LinkState;
  /** When the server last answered anything, in milliseconds; null before the first answer. */
  answeredAt: number | null;
  /** The server could not be reached at the last attempt: what is shown is old. */
  offline: boolean;
}

let live: Live = { state: 'connecting', answeredAt: null, offline: false };
const watchers = new Set<() => void>();

function become(change: Partial<Live>) {
  live = { ...live, ...change };
  for (const watcher of watchers) watcher();
}

export function useLive(): Live {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => live,
  );
}

/** Gathers hints for a moment, then makes each touched root stale once. */
function gatherer(client: QueryClient) {
  const touched = new Set<string>();
  let everything = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    const all = everything;
    const stale = new Set(touched);
    everything = false;
    touched.clear();
    void client.invalidateQueries({
      predicate: ({ queryKey }) => all || stale.has(String(queryKey[0])),
    });
  }

  return {
    take(hint: Hint) {
      const roots = touchedBy(hint);
      if (roots === 'everything') everything = true;
      else for (const root of roots) touched.add(root);
      timer ??= setTimeout(flush, gatherFor);
    },
    stop: () => clearTimeout(timer),
  };
}

/** What is shown now was put back from an earlier visit. */
export function wasTrueAt(at: number): void {
  become({ answeredAt: at });
}

const isUnreachable = (error: unknown) =>
  error instanceof ApiProblem && error.code === 'unreachable';

/** Notes every answer and every attempt that reached nobody; what was put back is no answer. */
function watchAnswers(client: QueryClient) {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { action } = event;
    if (action.type === 'success' && !action.manual) {
      const wasOffline = live.offline;
      become({ answeredAt: Date.now(), offline: false });
      // The session may have been put back too: its secret must be asked for again.
      if (wasOffline) void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
    if ((action.type === 'failed' || action.type === 'error') && isUnreachable(action.error)) {
      become({ offline: true });
    }
  });
}

function follow(client: QueryClient): () => void {
  const hints = gatherer(client);
  const readAgain = () =>
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== roots.session });
  let polling: ReturnType<typeof setInterval> | undefined;

  const close = keepLink(addressOf('/api/v1/live').replace(/^http/, 'ws'), {
    onWord: () => become({ answeredAt: Date.now() }),
    onHint: hints.take,
    onLive(again) {
      clearInterval(polling);
      polling = undefined;
      become({ state: 'live' });
      if (again) readAgain();
    },
    onDown() {
      become({ state: 'down' });
      polling ??= setInterval(readAgain, pollEvery);
    },
  });
  return () => {
    close();
    hints.stop();
    clearInterval(polling);
  };
}

/** Follows the server for as long as the console is open; a new session (`who`) opens a new link. */
export function useFollowLive(who: string | null | undefined): void {
  const client = useQueryClient();
  useEffect(() => watchAnswers(client), [client]);
  useEffect(() => (who === undefined ? undefined : follow(client)), [client, who]);
}
