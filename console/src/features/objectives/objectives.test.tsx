import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { SloDetail } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { incident, member, stranger } from '@/lib/testing/samples';
import { BudgetPanel, ObjectiveScreen, TargetVerb } from '.';
import { slo } from './samples';

const admin = { ...member, permissions: ['incidents.read', 'objectives.write'] };
const days = [
  { date: '2026-11-20', uptime_percent: 100 },
  { date: '2026-11-21', uptime_percent: 98.5 },
];
const uptime = { items: [{ id: 'checkout', days }] };
const cards = incident(241, {
  title: 'Card payments in Europe',
  started_at: '2026-11-21T09:08:00Z',
  resolved_at: null,
});
const answers = {
  'GET /auth/me': admin,
  'GET /services/sla/history': uptime,
  'GET /incidents': { items: [cards], next_cursor: null },
};

function Whole({ shown }: { shown: SloDetail }) {
  const [asking, setAsking] = useState(false);
  useKeyboard();
  return (
    <main>
      <TargetVerb slo={shown} asking={asking} onAsk={setAsking} />
      <ObjectiveScreen slo={shown} />
      <Toasts />
    </main>
  );
}

it('answers whether one may take risks, with what is left and until when', () => {
  serve(answers);
  draw(<Whole shown={slo()} />);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
    'Take no risks: Checkout burns its error budget fast.',
  );
  expect(screen.getByText(/15 min 12 s of 43 min 12 s\./)).toHaveTextContent(
    'At this pace gone in 2 h 05 min',
  );
  expect(screen.getByRole('meter')).toHaveAttribute('aria-valuetext', '35 % left');
});

it('shows each pair of windows with its limit and state', () => {
  serve(answers);
  draw(<Whole shown={slo()} />);
  const row = screen.getByRole('row', { name: /1 h and 5 min/ });
  expect(row).toHaveTextContent('14.4 ×67.0 ×1000 ×Over');
  expect(screen.getByRole('row', { name: /6 h and 30 min/ })).toHaveTextContent('Calm');
});

it('says why a row is not what it looks like', () => {
  serve(answers);
  const [fast, ...others] = slo().burn;
  if (!fast) throw new Error('the sample has no windows');
  const scaled = { ...fast, threshold: 9, scaled: true };
  draw(<Whole shown={slo({ burn: [scaled, ...others] })} />);
  expect(screen.getByText(/14.4 × cannot be reached with this target/)).toBeInTheDocument();
});

it('looks hollow, not full, while nothing is known', async () => {
  serve({ ...answers, 'GET /services/sla/history': { items: [{ id: 'checkout', days: [] }] } });
  const burn = slo().burn.map((each) => ({ ...each, state: 'insufficient_data' as const }));
  const fresh = { spent_seconds: 0, left_percent: 100, known_percent: 0, insufficient_data: true };
  draw(<Whole shown={slo({ ...fresh, burn, losses: [], other_losses: 0 })} />);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
    'Too early to say: nothing is known of Checkout yet.',
  );
  expect(screen.getByRole('meter')).toHaveAttribute('aria-valuetext', 'not known');
  expect(screen.getByText(/No data: less than half/)).toBeInTheDocument();
  await waitFor(() => expect(screen.getAllByText('No data yet.')).toHaveLength(3));
});

it('says that nobody is told while burn alerts are off', () => {
  serve(answers);
  draw(<Whole shown={slo({ alerting: false })} />);
  expect(screen.getByText(/Nobody is told/)).toHaveTextContent('SLO_BURN_RATE_ENABLED is off');
});

it('names where it went by the incident that was open', async () => {
  serve(answers);
  draw(<Whole shown={slo()} />);
  const link = await screen.findByRole('link', { name: /INC0000241 Card payments in Europe/ });
  expect(link).toHaveAttribute('href', '/incidents/INC0000241');
  expect(screen.getByText('2 shorter ones')).toBeInTheDocument();
});

it('names a loss by its state for whoever may not see incidents', async () => {
  const sent = serve({ ...answers, 'GET /auth/me': stranger });
  draw(<Whole shown={slo()} />);
  expect(await screen.findByText('Major outage')).toBeInTheDocument();
  await screen.findByRole('img', { name: /Uptime of Checkout/ });
  expect(sent.map(({ call }) => call)).not.toContain('GET /incidents');
});

it('shows the figures of every chart as tables with T', async () => {
  const user = userEvent.setup();
  serve(answers);
  draw(<Whole shown={slo()} />);
  await screen.findByRole('img', { name: /below 99.9 % on 1 of 2 days, at worst 98.5 %/ });
  await user.keyboard('t');
  const table = screen.getByRole('table', { name: 'Budget left at the end of each day' });
  expect(within(table).getAllByRole('row')).toHaveLength(4);
  expect(within(table).getByText('35.2 %')).toBeInTheDocument();
  expect(screen.getByRole('table', { name: 'Uptime by day' })).toHaveTextContent('98.5 %');
  await user.keyboard('t');
  expect(screen.queryByRole('table', { name: 'Uptime by day' })).not.toBeInTheDocument();
});

it('promises something else after showing what would be left, and takes it back', async () => {
  const user = userEvent.setup();
  const sent = serve({
    ...answers,
    'PUT /services/checkout/objective': (body: { target_percent: number | null }) => ({
      target_percent: body.target_percent ?? 99.9,
    }),
  });
  draw(<Whole shown={slo()} />);
  await screen.findByRole('link', { name: /INC0000241/ });
  await user.keyboard('o');
  const dialog = await screen.findByRole('dialog', { name: 'What Checkout promises' });
  const target = within(dialog).getByRole('textbox', { name: /Target/ });
  await user.clear(target);
  await user.type(target, '99.5');
  expect(within(dialog).getByRole('status')).toHaveTextContent(
    '99.5 % leaves 3 h 36 min in 30 days. Of that, 87 % would be left today.',
  );
  await user.click(within(dialog).getByRole('button', { name: /Promise 99.5 %/ }));
  await user.click(await screen.findByRole('button', { name: /Undo/ }));
  await waitFor(() =>
    expect(sent.filter(({ call }) => call.startsWith('PUT')).map(({ body }) => body)).toEqual([
      { target_percent: 99.5 },
      { target_percent: null },
    ]),
  );
});

it('refuses a target out of range before it is sent', async () => {
  const user = userEvent.setup();
  const sent = serve(answers);
  draw(<Whole shown={slo()} />);
  await screen.findByRole('link', { name: /INC0000241/ });
  await user.keyboard('o');
  const target = await screen.findByRole('textbox', { name: /Target/ });
  await user.clear(target);
  await user.type(target, '100');
  expect(target).toHaveAccessibleDescription(/A target lies between 90 and 99.99 %\./);
  await user.keyboard('{Enter}');
  expect(sent.filter(({ call }) => call.startsWith('PUT'))).toEqual([]);
});

it('says why a viewer cannot change the target', async () => {
  serve({ ...answers, 'GET /auth/me': member });
  draw(<Whole shown={slo()} />);
  await userEvent.click(await screen.findByRole('button', { name: /Change the target/ }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.getByText(/You may look but not change this/)).toBeInTheDocument();
});

it('stands on the service as a small gauge with a way to the whole', async () => {
  serve({ ...answers, 'GET /services/checkout/slo': slo() });
  draw(<BudgetPanel serviceId="checkout" />);
  expect(await screen.findByText('35 % left')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'SLO and SLA' })).toHaveAttribute(
    'href',
    '/services/checkout/slo',
  );
});

it('says on the service, too, when little is known', async () => {
  const early = slo({ insufficient_data: true, known_percent: 1 });
  serve({ ...answers, 'GET /services/checkout/slo': early });
  draw(<BudgetPanel serviceId="checkout" />);
  expect(await screen.findByText(/Too early to judge: 1 % of the 30 days/)).toBeInTheDocument();
});

it('gives axe nothing to object to', async () => {
  serve(answers);
  const { container } = draw(<Whole shown={slo()} />);
  await screen.findByRole('img', { name: /Uptime of Checkout/ });
  expect(await complaints(container)).toEqual([]);
  await userEvent.keyboard('t');
  expect(await complaints(container)).toEqual([]);
});
