import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { AlertDecision, AlertDetail } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { incident, member, sampledAt, serviceDetail } from '@/lib/testing/samples';
import { AlertList, EpisodePanel, IncidentPanel, ToldPanel, Why } from '.';

const confirmed: AlertDecision = {
  id: 'd2',
  at: '2026-11-21T08:52:00Z',
  verdict: 'confirmed',
  sentence: 'Major outage is confirmed: 3 polls in a row (3 needed).',
  status: 'major_outage',
  observed: 'major_outage',
  target: 'major_outage',
  since: '2026-11-21T08:41:00Z',
  polls_seen: 3,
  polls_needed: 3,
  seconds_seen: 660,
  seconds_needed: 600,
  episode: 1,
  by_hand: false,
};
const waiting: AlertDecision = {
  ...confirmed,
  id: 'd1',
  at: '2026-11-21T08:46:00Z',
  verdict: 'not_yet',
  sentence: 'Major outage is not confirmed yet: 2 of 3 polls.',
  polls_seen: 2,
  episode: null,
};
const alert: AlertDetail = {
  id: 'a1',
  service_id: 'ledger',
  service_name: 'Ledger',
  tier: 1,
  episode: 1,
  status: 'major_outage',
  worst: 'major_outage',
  state: 'firing',
  since: '2026-11-21T08:41:00Z',
  raised_at: '2026-11-21T08:52:00Z',
  changed_at: '2026-11-21T08:52:00Z',
  acknowledged_at: null,
  kind: 'condition',
  title: null,
  severity: null,
  flapping: false,
  told_at: '2026-11-21T08:52:00Z',
  held_by: null,
  held_reason: null,
  upstream_id: null,
  tellings: [],
  acknowledged_by: null,
  resolved_at: null,
  decision: confirmed,
  decisions: [confirmed],
};
const over: AlertDetail = { ...alert, id: 'a2', state: 'resolved', resolved_at: sampledAt };
const answers = {
  'GET /auth/me': { ...member, permissions: ['alerts.read', 'deliveries.read'] },
  'GET /services': { items: [], counts: {} },
  'GET /services/ledger': serviceDetail('Ledger', { decisions: [confirmed, waiting] }),
  'GET /alerts': { items: [over, alert], next_cursor: null },
};

function Keyed() {
  useKeyboard();
  return (
    <main>
      <AlertList />
    </main>
  );
}

it('lists what is open before what is over, and opens the why by keys', async () => {
  serve(answers);
  const { container, router } = draw(<Keyed />, '/alerts');
  const list = within(await screen.findByRole('list', { name: 'Alerts' }));
  expect(list.getByText('Recovered')).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
  await userEvent.keyboard('j{Enter}');
  expect(router.state.location.pathname).toBe('/alerts/a1');
});

it('answers why with a sentence, the rule beside what was measured, and every decision', async () => {
  serve(answers);
  const { container } = draw(
    <main>
      <Why alert={alert} />
    </main>,
  );
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
    'Ledger was at major outage in 3 polls in a row, over 11 min; it is a service of tier 1.',
  );
  expect(screen.getByText('for at least 10 min')).toBeInTheDocument();
  expect(await screen.findByText(waiting.sentence)).toBeInTheDocument();
  expect(screen.getByRole('img', { name: /^Seen: major outage at/ })).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
});

it('says of a trigger what it measured, and of a burning budget where to look', async () => {
  serve({ 'GET /auth/me': member });
  const telling = {
    id: 't1',
    at: '2026-11-21T08:52:00Z',
    alert_id: 'a1',
    verdict: 'sent' as const,
    sentence: 'response_time was 412 ms (> 300) for 6 min (3 results in a row).',
  };
  const fired: AlertDetail = {
    ...alert,
    kind: 'trigger',
    title: 'Ledger: Start page slow',
    decision: null,
    decisions: [],
    tellings: [telling],
  };
  const { container } = draw(
    <main>
      <Why alert={fired} />
      <EpisodePanel alert={fired} />
    </main>,
  );
  expect(
    screen.getByRole('heading', { level: 1, name: 'Ledger: Start page slow.' }),
  ).toBeInTheDocument();
  expect(screen.getByText(/^response_time was 412 ms/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: /triggers$/ })).toHaveAttribute(
    'href',
    '/settings/triggers',
  );
  expect(screen.queryByText(/no longer kept|number 1 of/)).not.toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
  draw(<Why alert={{ ...fired, kind: 'burn', title: null, tellings: [] }} />);
  expect(screen.getByText('The reason is no longer kept.')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: /^How fast the budget burns/ })).toHaveAttribute(
    'href',
    '/services/ledger/slo',
  );
});

it('finds the incident it belongs to, and who was told', async () => {
  const own = incident(241, { title: 'Ledger: major outage' });
  const other = incident(240);
  serve({
    ...answers,
    'GET /incidents': { items: [other, own], next_cursor: null, counts: {} },
    'GET /incidents/INC0000240': { ...other, alerts: [] },
    'GET /incidents/INC0000241': { ...own, alerts: ['a1'] },
    'GET /deliveries': {
      items: [delivery('d1', 'alert:a1', '#ops'), delivery('d2', 'alert:other', '#somebody-else')],
      next_cursor: null,
    },
  });
  draw(
    <>
      <EpisodePanel alert={alert} />
      <IncidentPanel alert={alert} />
      <ToldPanel alert={alert} />
    </>,
  );
  expect(await screen.findByText('Ledger: major outage')).toBeInTheDocument();
  expect(await screen.findByText('#ops')).toBeInTheDocument();
  expect(screen.queryByText('#somebody-else')).not.toBeInTheDocument();
});

function delivery(id: string, subject: string, label: string) {
  return {
    id,
    channel: 'slack',
    recipient: { kind: 'channel', id: 'c', label, address: 'hooks.example' },
    cause: { id: 'f', kind: 'alert.raised', subject },
    state: 'sent',
    created_at: sampledAt,
  };
}
