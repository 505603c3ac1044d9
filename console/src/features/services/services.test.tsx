import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { AlertDecision, ServiceDetail } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, sampledAt, serviceDetail, stranger } from '@/lib/testing/samples';
import { ServiceAside, ServiceScreen, ServiceVerbs } from '.';

const confirmed: AlertDecision = {
  id: 'd2',
  at: sampledAt,
  verdict: 'confirmed',
  sentence: 'Partial outage is confirmed: 3 polls in a row (3 needed).',
  status: 'partial_outage',
  observed: 'partial_outage',
  target: 'partial_outage',
  since: sampledAt,
  polls_seen: 3,
  polls_needed: 3,
  seconds_seen: null,
  seconds_needed: null,
  episode: 1,
  by_hand: false,
};

const checkout = serviceDetail('Checkout', {
  status: 'partial_outage',
  detail: 'One in five payments fails.',
  decisions: [confirmed, { ...confirmed, id: 'd1', verdict: 'not_yet', polls_seen: 2 }],
  sources: [
    {
      id: 's1',
      name: null,
      kind: 'statuspage',
      url: 'https://status.vendor.example',
      components: ['Cards'],
      status: 'partial_outage',
      detail: null,
      poller_health: 'failing',
      last_polled_at: sampledAt,
      last_error: 'The feed redirects to another host.',
      moved_to: 'https://status.new.example',
      vanished: [],
      unnamed: ['Crads'],
      response_ms: null,
      declared: true,
      version: 1,
    },
  ],
});

const decided: Record<string, unknown> = {
  'GET /services/checkout/decisions': {
    items: [
      {
        id: 't1',
        at: sampledAt,
        about: 'alert',
        verdict: 'held',
        sentence: 'Held back: the maintenance “Upgrade” is under way.',
        alert_id: 'a1',
        decision: null,
      },
      ...(checkout.decisions ?? []).map((decision) => ({
        id: decision.id,
        at: decision.at,
        about: 'condition',
        verdict: decision.verdict,
        sentence: decision.sentence,
        alert_id: null,
        decision,
      })),
    ],
  },
};

function Whole({ service }: { service: ServiceDetail }) {
  const [asking, setAsking] = useState(false);
  useKeyboard();
  return (
    <main>
      <ServiceVerbs service={service} asking={asking} onAsk={setAsking} />
      <ServiceScreen service={service} />
      <ServiceAside service={service} />
      <Toasts />
    </main>
  );
}

it('says how the service is and why that is believed', async () => {
  serve({ 'GET /auth/me': member, ...decided });
  draw(<Whole service={checkout} />);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Checkout is partly down.');
  expect(screen.getAllByText(confirmed.sentence)[0]).toBeInTheDocument();
  expect(await screen.findByText('2 of 3 polls')).toBeInTheDocument();
});

it('answers why nobody was told', async () => {
  serve({ 'GET /auth/me': member, ...decided });
  draw(<ServiceScreen service={checkout} />);
  expect(await screen.findByRole('link', { name: 'Held back' })).toHaveAttribute(
    'href',
    '/alerts/a1',
  );
  expect(screen.getByText(/the maintenance “Upgrade” is under way/)).toBeInTheDocument();
});

it('says which names its source has never mentioned', () => {
  serve({ 'GET /auth/me': member, ...decided });
  draw(<Whole service={checkout} />);
  expect(screen.getByText(/^Not named so far: Crads\./)).toBeInTheDocument();
});

it('shows who feels it, and along which path', () => {
  serve({ 'GET /auth/me': member, ...decided });
  const impact = [
    { id: 'shop', name: 'Shop', path: ['Checkout', 'Cart', 'Shop'], felt: true },
    { id: 'mail', name: 'Mail', path: ['Checkout', 'Mail'], felt: false },
  ];
  draw(<ServiceScreen service={{ ...checkout, impact }} />);
  expect(screen.getByText('feels it through Cart')).toBeInTheDocument();
  expect(screen.getByText('may feel it')).toBeInTheDocument();
});

it('keeps the reasons from strangers', () => {
  serve({ 'GET /auth/me': stranger });
  draw(<ServiceScreen service={{ ...checkout, decisions: null, sources: null }} />);
  expect(screen.queryByText('Why')).not.toBeInTheDocument();
});

it('sets a status by hand with a reason, and takes it back with undo', async () => {
  const user = userEvent.setup();
  const sent = serve({
    'GET /auth/me': member,
    ...decided,
    'POST /services/checkout/status': checkout,
    'POST /services/checkout/release': checkout,
  });
  draw(<Whole service={checkout} />);
  await screen.findByText('2 of 3 polls');
  await user.keyboard('s');
  const dialog = await screen.findByRole('dialog', { name: 'Set Checkout by hand' });
  await user.selectOptions(within(dialog).getByLabelText('Status'), 'degraded');
  await user.type(within(dialog).getByLabelText('Reason'), 'Vendor called');
  await user.click(within(dialog).getByRole('button', { name: 'Set to degraded' }));
  await user.click(await screen.findByRole('button', { name: /Undo/ }));
  await waitFor(() =>
    expect(sent.filter(({ call }) => call.startsWith('POST'))).toEqual([
      {
        call: 'POST /services/checkout/status',
        body: { new_status: 'degraded', reason: 'Vendor called' },
      },
      { call: 'POST /services/checkout/release', body: undefined },
    ]),
  );
});

it('shows a refusal of the server at its field', async () => {
  const user = userEvent.setup();
  const errors = [{ field: 'reason', message: 'expected at most 2000 characters' }];
  serve({
    'GET /auth/me': member,
    'POST /services/checkout/status': problem(422, 'Some fields are wrong.', errors),
  });
  draw(<Whole service={checkout} />);
  await user.click(await screen.findByRole('button', { name: 'Set by hand' }));
  const reason = await screen.findByLabelText('Reason');
  await user.type(reason, 'x');
  await user.click(screen.getByRole('button', { name: 'Set to partial outage' }));
  await waitFor(() =>
    expect(reason).toHaveAccessibleDescription('Expected at most 2000 characters.'),
  );
});

it('says why a viewer cannot set it', async () => {
  serve({ 'GET /auth/me': { ...member, permissions: [] } });
  draw(<Whole service={checkout} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Set by hand' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByText(/You may look but not change this/)).toBeInTheDocument();
});

it('mutes for an hour that begins now, and takes it back with undo', async () => {
  const sent = serve({
    'GET /auth/me': { ...member, permissions: ['maintenance.write'] },
    'POST /maintenance': { id: 'w1' },
    'POST /maintenance/w1/cancel': { id: 'w1' },
  });
  draw(<Whole service={checkout} />);
  const button = screen.getByRole('button', { name: 'Mute for 1 h' });
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'));
  await userEvent.click(button);
  await screen.findByText('Checkout muted for 1 h');
  const body = sent.find(({ call }) => call === 'POST /maintenance')?.body as Record<
    string,
    string
  >;
  expect(body.affected_services).toEqual(['checkout']);
  expect(Date.parse(body.ends_at ?? '') - Date.parse(body.starts_at ?? '')).toBe(3_600_000);
  await userEvent.click(screen.getByRole('button', { name: /Undo/ }));
  await waitFor(() =>
    expect(sent.map(({ call }) => call)).toContain('POST /maintenance/w1/cancel'),
  );
});

it('takes over the address that a feed has moved to', async () => {
  const sent = serve({
    'GET /auth/me': { ...member, permissions: ['services.write'] },
    ...decided,
    'PATCH /services/checkout': checkout,
  });
  draw(<Whole service={checkout} />);
  await screen.findByText('2 of 3 polls');
  await userEvent.click(screen.getByRole('button', { name: 'Use this' }));
  await screen.findByText('Checkout reads the new address');
  expect(sent.find(({ call }) => call.startsWith('PATCH'))?.body).toEqual({
    source: { kind: 'statuspage', url: 'https://status.new.example' },
  });
});

it('gives axe nothing to object to', async () => {
  serve({ 'GET /auth/me': member, ...decided });
  const { container } = draw(<Whole service={checkout} />);
  expect(await complaints(container)).toEqual([]);
});
