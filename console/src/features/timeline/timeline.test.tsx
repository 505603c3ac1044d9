import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { StatusEvent } from '@/lib/api';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { StatusTimeline } from '.';
import { byDay, timelineSentence, verbOf } from './days';

const now = Date.parse('2026-11-21T12:00:00Z');

function change(id: string, at: string, more: Partial<StatusEvent> = {}): StatusEvent {
  return {
    id,
    at,
    service_id: 'ledger',
    service_name: 'Ledger',
    before: 'operational',
    after: 'major_outage',
    detail: null,
    by_hand: false,
    ...more,
  };
}

const back = { before: 'major_outage', after: 'operational' } as const;
const events = [
  change('3', '2026-11-21T09:00:00Z', back),
  change('2', '2026-11-21T08:00:00Z'),
  change('1', '2026-11-20T23:30:00Z', { after: 'unknown' }),
  change('0', '2026-11-20T08:00:00Z', { after: 'degraded' }),
];

it('cuts by the days of the reader, who is an hour ahead', () => {
  const days = byDay(events, now).map(({ name, events: own }) => [name, own.length]);
  expect(days).toEqual([
    ['Today, Sat 21 Nov', 3],
    ['Yesterday, Fri 20 Nov', 1],
  ]);
});

it('says how much changed today, and never that a silent feed is an outage', () => {
  expect(timelineSentence(events, now, false)).toBe(
    '3 changes today on 1 service, 1 for the worse.',
  );
  expect(timelineSentence([], now, false)).toBe('Nothing has changed yet.');
  expect(timelineSentence(events, now + 3 * 86_400_000, false)).toBe('Nothing has changed today.');
  expect(events.map(verbOf)).toEqual([
    'recovered',
    'had a major outage',
    'went silent',
    'became degraded',
  ]);
});

it('asks the server for what the address says, page by page', async () => {
  const user = userEvent.setup();
  serve({
    'GET /auth/me': member,
    'GET /services': { items: [service('Ledger')], counts: {} },
    'GET /timeline': { items: events, next_cursor: 'more' },
  });
  const asked: string[] = [];
  const inner = globalThis.fetch;
  globalThis.fetch = (request: RequestInfo | URL) => {
    asked.push(new URL((request as Request).url).search);
    return inner(request);
  };
  const { container } = draw(
    <main>
      <StatusTimeline />
    </main>,
    '/timeline?service=ledger&category=finance',
  );
  expect((await screen.findAllByText(/had a major outage/))[0]).toBeInTheDocument();
  expect(asked).toContain('?limit=100&service=ledger&category=finance');
  expect(await complaints(container)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Earlier changes' }));
  expect(asked.some((search) => search.includes('cursor=more'))).toBe(true);
});

it('offers the way out of filters that match nothing', async () => {
  const user = userEvent.setup();
  serve({ 'GET /auth/me': member, 'GET /timeline': { items: [], next_cursor: null } });
  const { router } = draw(<StatusTimeline />, '/timeline?category=hr');
  expect(await screen.findByText('Nothing matches these filters.')).toBeInTheDocument();
  await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
  expect(router.state.location.search).toBe('');
  expect(
    await screen.findByText('As soon as a service changes its state, it stands here.'),
  ).toBeVisible();
});
