import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHint, touchedBy } from './hints';
import { useFollowLive, useLive } from './live';
import { keepLink, pauseBefore } from './socket';

describe('a hint', () => {
  it('makes stale what its noun touches, and everything when the noun is new', () => {
    expect(touchedBy({ kind: 'channel.added', subject: 'channel:1' })).toEqual(['channels']);
    expect(touchedBy({ kind: 'incident.resolved', subject: 'incident:1' })).toContain('summary');
    expect(touchedBy({ kind: 'delivery.changed', subject: 'incident:1' })).toEqual([
      'deliveries',
      'incidents',
    ]);
    expect(touchedBy({ kind: 'everything', subject: '' })).toBe('everything');
    expect(touchedBy({ kind: 'silence', subject: '' })).toEqual([]);
  });

  it('is read only from what is one', () => {
    expect(readHint('{"kind":"a.b","subject":"a:1"}')).toEqual({ kind: 'a.b', subject: 'a:1' });
    for (const other of ['', 'null', '[]', '{"kind":1,"subject":""}', new ArrayBuffer(1)]) {
      expect(readHint(other)).toBeNull();
    }
  });
});

it('waits longer after each failure, half a minute at most', () => {
  expect([0, 1, 2, 9].map((attempt) => pauseBefore(attempt, 0))).toEqual([
    1000, 2000, 4000, 30_000,
  ]);
  expect(pauseBefore(1, 1)).toBe(1500);
});

class FakeSocket {
  static opened: FakeSocket[] = [];
  static readonly CLOSED = 3;
  onopen?: () => void;
  onmessage?: (event: { data: unknown }) => void;
  onclose?: () => void;
  readyState = 0;
  constructor(readonly url: string) {
    FakeSocket.opened.push(this);
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  close() {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.();
  }
}

describe('the link', () => {
  const link = { onWord: vi.fn(), onHint: vi.fn(), onLive: vi.fn(), onDown: vi.fn() };
  const newest = () => FakeSocket.opened.at(-1) as FakeSocket;

  beforeEach(() => {
    FakeSocket.opened = [];
    for (const spy of Object.values(link)) spy.mockReset();
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('comes back by itself and says that something may have been missed', () => {
    const stop = keepLink('ws://here/live', link);
    newest().open();
    expect(link.onLive).toHaveBeenLastCalledWith(false);
    newest().close();
    expect(link.onDown).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1000);
    newest().open();
    expect(link.onLive).toHaveBeenLastCalledWith(true);
    stop();
  });

  it('takes a minute of silence for a dead link', () => {
    const stop = keepLink('ws://here/live', link);
    newest().open();
    vi.advanceTimersByTime(59_000);
    newest().onmessage?.({ data: '{"kind":"silence","subject":""}' });
    vi.advanceTimersByTime(59_000);
    expect(link.onDown).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(link.onDown).toHaveBeenCalledOnce();
    expect(link.onWord).toHaveBeenCalledOnce();
    stop();
  });

  it('stays closed once it is let go', () => {
    const stop = keepLink('ws://here/live', link);
    newest().open();
    stop();
    vi.advanceTimersByTime(120_000);
    expect(FakeSocket.opened).toHaveLength(1);
    expect(link.onDown).not.toHaveBeenCalled();
  });

  it('polls while the link is down, says so, and stops when it is back', () => {
    const client = new QueryClient();
    const board = ['services', 'list'];
    const wrapper = ({ children }: { children: ReactNode }) =>
      createElement(QueryClientProvider, { client }, children);
    const { unmount } = renderHook(() => useFollowLive('somebody'), { wrapper });
    const live = renderHook(() => useLive());
    const isStale = () => client.getQueryState(board)?.isInvalidated;
    newest().open();
    client.setQueryData(board, []);
    act(() => newest().close());
    expect(live.result.current.state).toBe('down');
    act(() => void vi.advanceTimersByTime(30_000));
    expect(isStale()).toBe(true);
    act(() => newest().open());
    expect(live.result.current.state).toBe('live');
    client.setQueryData(board, []);
    act(() => void vi.advanceTimersByTime(45_000));
    expect(isStale()).toBe(false);
    unmount();
  });

  it('reads the story of the open incident again while its deliveries move, and nothing else', () => {
    const client = new QueryClient();
    const story = ['incidents', 'story', 'INC0000001'];
    client.setQueryData(story, []);
    client.setQueryData(['services', 'list'], []);
    const wrapper = ({ children }: { children: ReactNode }) =>
      createElement(QueryClientProvider, { client }, children);
    const { unmount } = renderHook(() => useFollowLive('somebody'), { wrapper });
    newest().open();
    newest().onmessage?.({ data: '{"kind":"delivery.changed","subject":"incident:1"}' });
    expect(client.getQueryState(story)?.isInvalidated).toBe(false);
    vi.advanceTimersByTime(150);
    expect(client.getQueryState(story)?.isInvalidated).toBe(true);
    expect(client.getQueryState(['services', 'list'])?.isInvalidated).toBe(false);
    unmount();
  });
});
