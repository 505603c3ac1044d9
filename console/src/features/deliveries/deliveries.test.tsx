import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { Delivery, DeliveryDetail } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { member, sampledAt } from '@/lib/testing/samples';
import { DeliveryDrawer, DeliveryList } from '.';

const failed: Delivery = {
  id: 'd1',
  channel: 'mail',
  recipient: { kind: 'subscriber', id: 's1', label: '', address: 'ada@shop.example' },
  reason: 'follows the status page main',
  purpose: 'subscriber',
  cause: { id: 'f1', kind: 'incident.update_published', subject: 'incident:01' },
  thread: 'incident:01',
  state: 'failed',
  blocked_by: null,
  created_at: sampledAt,
  ready_at: sampledAt,
  finished_at: sampledAt,
  last_answer: '550 no such user',
  drill: false,
  attempts: 2,
};
const blocked: Delivery = { ...failed, id: 'd2', state: 'blocked', blocked_by: 'SMTP_URL' };
const detail: DeliveryDetail = {
  ...failed,
  body: { subject: 'Identified: cards fail', text: 'A database refuses.' },
  attempts: [1, 2].map((number) => ({
    number,
    started_at: '2026-11-21T09:00:00Z',
    ended_at: '2026-11-21T09:00:00.300Z',
    outcome: 'failed',
    answer: `550 answer ${number}`,
  })),
};
const answers = {
  'GET /auth/me': { ...member, permissions: ['deliveries.read', 'deliveries.retry'] },
  'GET /deliveries': { items: [failed, blocked], next_cursor: null },
  'GET /deliveries/d1': detail,
};

function Keyed({ id = null }: { id?: string | null }) {
  useKeyboard();
  return (
    <main>
      <DeliveryList />
      <DeliveryDrawer id={id} onClose={() => {}} />
      <Toasts />
    </main>
  );
}

it('says who, why, and what the provider answered; a blocked one names its setting', async () => {
  serve(answers);
  const { container } = draw(<Keyed />, '/deliveries');
  const rows = within(await screen.findByRole('list', { name: 'Deliveries' }));
  expect(rows.getByText('2 attempts: 550 no such user')).toBeInTheDocument();
  expect(rows.getAllByText(/follows the status page main/)).toHaveLength(2);
  expect(rows.getByText('SMTP_URL')).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
});

it('opens one by keys, keeping the filters in the address', async () => {
  serve(answers);
  const { router } = draw(<Keyed />, '/deliveries?state=failed');
  await screen.findByRole('list', { name: 'Deliveries' });
  await userEvent.keyboard('j{Enter}');
  expect(router.state.location.pathname).toBe('/deliveries/d1');
  expect(router.state.location.search).toBe('?state=failed');
});

it('shows each attempt, what was said, and sends again', async () => {
  const sent = serve({
    ...answers,
    'POST /deliveries/d1/send-again': { ...detail, state: 'pending' },
  });
  draw(<Keyed id="d1" />, '/deliveries/d1');
  const drawer = within(await screen.findByRole('dialog'));
  expect(await drawer.findByText('Identified: cards fail')).toBeInTheDocument();
  expect(drawer.getByText('550 answer 1')).toBeInTheDocument();
  expect(drawer.getAllByText(/took 300 ms/)).toHaveLength(2);
  await userEvent.click(drawer.getByRole('button', { name: /Send again/ }));
  await screen.findByText('Sent on its way again');
  expect(sent.some(({ call }) => call === 'POST /deliveries/d1/send-again')).toBe(true);
});
