import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { PageComponent, StatusPage } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, sampledAt, service } from '@/lib/testing/samples';
import { Components, Subscribers } from '.';

const component = (position: number, id: string, group: string | null): PageComponent => ({
  id,
  public_id: id,
  service_id: id,
  name: null,
  group,
  position,
  follows: 'service',
});

const page: StatusPage = {
  id: 'p',
  slug: 'main',
  name: 'Larkfield status',
  time_zone: 'UTC',
  language: 'en',
  help_url: null,
  is_default: true,
  url: 'https://larkfield.example/status/main',
  components: [component(0, 'cards', 'Payments'), component(1, 'checkout', 'Payments')],
  subscribers: 1,
  rendered_at: sampledAt,
  version: 1,
  updated_at: sampledAt,
};

const answers = {
  'GET /auth/me': {
    ...member,
    permissions: ['pages.write', 'subscribers.read', 'subscribers.write'],
  },
  'GET /services': {
    items: [service('Cards'), service('Checkout'), service('Ledger', { visibility: 'internal' })],
    counts: {},
  },
  'GET /status-pages/main': page,
};

function Keyed({ shown = page }: { shown?: StatusPage }) {
  useKeyboard();
  return (
    <main>
      <Components page={shown} />
      <Toasts />
    </main>
  );
}

it('puts components in order by keys, writing only what changes', async () => {
  const sent = serve({
    ...answers,
    'PATCH /status-pages/main/components/cards': {},
    'PATCH /status-pages/main/components/checkout': {},
  });
  const { container } = draw(<Keyed />, '/status-pages/main');
  await screen.findByRole('button', { name: 'Move cards down' });
  expect(await complaints(container)).toEqual([]);
  await userEvent.keyboard('jj{Shift>}k{/Shift}');
  await waitFor(() =>
    expect(
      sent.filter(({ call }) => call.startsWith('PATCH')).map(({ call, body }) => [call, body]),
    ).toEqual([
      ['PATCH /status-pages/main/components/checkout', { position: 0 }],
      ['PATCH /status-pages/main/components/cards', { position: 1 }],
    ]),
  );
});

it('adds services, and warns before an internal one becomes public', async () => {
  const sent = serve({ ...answers, 'POST /status-pages/main/components': {} });
  draw(<Keyed />, '/status-pages/main');
  await screen.findByRole('button', { name: 'Move cards down' });
  await userEvent.keyboard('a');
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).queryByText('Cards')).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole('checkbox', { name: /Ledger/ }));
  expect(within(dialog).getByText(/An internal service becomes public/)).toBeInTheDocument();
  await userEvent.type(within(dialog).getByLabelText('Group'), 'Payments');
  await userEvent.click(within(dialog).getByRole('button', { name: /^Add/ }));
  await screen.findByText('1 service added to Larkfield status');
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
    service_id: 'ledger',
    group: 'Payments',
    follows: 'service',
  });
});

it('asks once before a component leaves the page', async () => {
  const sent = serve({
    ...answers,
    'DELETE /status-pages/main/components/cards': new Response(null, { status: 204 }),
  });
  draw(<Keyed />, '/status-pages/main?component=cards');
  await userEvent.click(await screen.findByRole('button', { name: 'Take it off' }));
  expect(sent.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
  await userEvent.click(screen.getByRole('button', { name: /^Take Cards off/ }));
  await screen.findByText('Cards taken off Larkfield status');
});

it('says what an empty page is for', async () => {
  serve(answers);
  draw(<Keyed shown={{ ...page, components: [] }} />, '/status-pages/main');
  expect(await screen.findByText('Nothing stands on this page yet.')).toBeInTheDocument();
});

it('lists who follows and takes nobody off without asking', async () => {
  const one = {
    id: 's1',
    kind: 'mail',
    address: 'ada@shop.example',
    language: 'en',
    state: 'unconfirmed',
    created_at: sampledAt,
    confirmed_at: null,
    ended_at: null,
  };
  serve({
    ...answers,
    'GET /status-pages/main/subscribers': { items: [one], next_cursor: null },
    'DELETE /status-pages/main/subscribers/s1': problem(403, 'Not for you.'),
  });
  draw(
    <>
      <Subscribers page={page} />
      <Toasts />
    </>,
  );
  expect(await screen.findByText('Has not confirmed yet')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Take ada@shop.example off' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Take off' }));
  expect(await screen.findByText('Not for you.')).toBeInTheDocument();
});
