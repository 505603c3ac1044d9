import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, type Me, servicesQuery, sessionQuery, summaryQuery } from '../api';
import { useLive } from '../live';
import { member, service, stranger } from '../testing/samples';
import { forgetBoard, useKeepBoard, useRestored } from '.';
import { putBack, snapshotOf } from './snapshot';

const board = { items: [service('Ledger')], counts: {} } as never;
const at = Date.parse('2026-11-21T09:17:00Z');

function clientOf(me: Me | null) {
  const client = new QueryClient();
  if (me) client.setQueryData(sessionQuery.queryKey, me, { updatedAt: at });
  client.setQueryData(servicesQuery.queryKey, board, { updatedAt: at });
  client.setQueryData(['tokens'], { items: ['secret token'] });
  return client;
}

describe('what is kept of the board', () => {
  it('is the board and who looked at it, without the secret of the session or anything else', () => {
    const snapshot = snapshotOf(clientOf(member));
    expect(snapshot?.who).toBe('u1');
    const text = JSON.stringify(snapshot);
    expect(text).toContain('Ledger');
    expect(text).toContain('"csrf_token":null');
    expect(text).not.toContain('secret');
    expect(snapshotOf(clientOf(null))).toBeNull();
  });

  it('comes back dated as it was, and never over what is known better', () => {
    const snapshot = snapshotOf(clientOf(stranger));
    const client = new QueryClient();
    const newer = { open_incidents: 3 } as never;
    client.setQueryData(summaryQuery.queryKey, newer);
    expect(snapshot && putBack(client, snapshot)).toBe(at);
    expect(client.getQueryState(servicesQuery.queryKey)?.dataUpdatedAt).toBe(at);
    expect(client.getQueryData(summaryQuery.queryKey)).toEqual(newer);
  });
});

describe('the drawer', () => {
  const held = new Map<string, string>();
  beforeEach(() => {
    held.clear();
    vi.stubGlobal('caches', {
      open: async () => ({
        put: async (key: string, answer: Response) => void held.set(key, await answer.text()),
        match: async (key: string) => (held.has(key) ? new Response(held.get(key)) : undefined),
        delete: async (key: string) => held.delete(key),
      }),
    });
  });

  const within =
    (client: QueryClient) =>
    ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );

  it('is filled by answers, emptied when somebody else comes, and on log-out', async () => {
    vi.useFakeTimers();
    const client = new QueryClient();
    renderHook(() => useKeepBoard(), { wrapper: within(client) });
    const answered = async (me: Me) => {
      await client.fetchQuery({ ...sessionQuery, queryFn: () => me, staleTime: 0 });
      await client.fetchQuery({ ...servicesQuery, queryFn: () => board, staleTime: 0 });
    };
    await answered(member);
    await vi.advanceTimersByTimeAsync(2500);
    expect([...held.values()][0]).toContain('"who":"u1"');
    await answered(stranger);
    await vi.advanceTimersByTimeAsync(10);
    expect(held.size).toBe(0);
    await vi.advanceTimersByTimeAsync(2500);
    expect([...held.values()][0]).toContain('"who":null');
    await forgetBoard();
    expect(held.size).toBe(0);
    vi.useRealTimers();
  });

  it('is opened only when the server cannot be reached, and says how old it is', async () => {
    held.set('/last-known-board', JSON.stringify(snapshotOf(clientOf(member))));
    const client = new QueryClient();
    const busy = new ApiProblem({ status: 503, title: 'Busy.' });
    const gone = new ApiProblem({ status: 0, code: 'unreachable', title: 'Gone.' });
    const { result, rerender } = renderHook(({ failure }) => useRestored(failure), {
      wrapper: within(client),
      initialProps: { failure: busy as unknown },
    });
    expect(client.getQueryData(servicesQuery.queryKey)).toBeUndefined();
    act(() => rerender({ failure: gone }));
    await waitFor(() => expect(result.current).toBe(true));
    expect(client.getQueryData(servicesQuery.queryKey)).toEqual(board);
    expect(renderHook(() => useLive()).result.current.answeredAt).toBe(at);
  });
});
