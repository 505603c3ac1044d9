import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { IncidentDetail } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { sampleDetail, sampleUpdate } from '../samples';
import { Composer } from './Composer';

const me = { ...member, permissions: ['incidents.comment', 'incidents.update'] };
const reached = { pages: ['main'], mail: 1284, webhooks: 37, chat: 5 };
const answers = {
  'GET /auth/me': me,
  'GET /services': { items: [service('Checkout')], counts: {} },
  'GET /incidents/INC0000001/audience': reached,
  'POST /incidents/INC0000001/updates': sampleUpdate(),
  'POST /incidents/INC0000001/comments': { id: 'c' },
};
const checkout = { id: 'checkout', name: 'Checkout', status: 'partial_outage' as const };

function Keyed({ incident }: { incident: IncidentDetail }) {
  useKeyboard();
  return (
    <main>
      <Composer incident={incident} notes={2} />
      <Toasts />
    </main>
  );
}

beforeEach(() => localStorage.clear());

it('shows who gets a public update before it leaves, then publishes it with its title and impacts', async () => {
  const sent = serve(answers);
  const incident = sampleDetail({ affected_services: [checkout] });
  const { container } = draw(<Keyed incident={incident} />);
  await userEvent.click(await screen.findByRole('tab', { name: /Public update/ }));
  expect(await screen.findByText('1,284')).toBeInTheDocument();
  expect(screen.getByText('Stays in: 2 notes')).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);

  await userEvent.type(screen.getByRole('textbox', { name: 'Public update' }), 'We look into it.');
  await userEvent.click(screen.getByRole('button', { name: /Publish to 1,326/ }));
  await screen.findByText('Published to 1,326');
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
    phase: 'investigating',
    message: 'We look into it.',
    public: true,
    title: 'Card payments fail',
    impacts: { checkout: 'partial_outage' },
  });
  expect(screen.getByRole('textbox', { name: 'Public update' })).toHaveValue('');
});

it('resolves with a resolved update unless the incident is to stay open', async () => {
  const sent = serve(answers);
  const updates = [sampleUpdate({ impacts: { checkout: 'degraded' } })];
  const incident = sampleDetail({ public: true, phase: 'monitoring', public_title: 'x', updates });
  draw(<Keyed incident={incident} />);
  await userEvent.click(await screen.findByRole('tab', { name: /Public update/ }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Public update' }), 'It works again.');
  await userEvent.click(screen.getByRole('button', { name: 'Resolved' }));
  expect(await screen.findByRole('button', { name: /Publish to 1,326 and resolve/ })).toBeVisible();
  await userEvent.click(screen.getByRole('checkbox', { name: /Keep the incident open/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Publish to 1,326' }));
  await waitFor(() =>
    expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
      phase: 'resolved',
      message: 'It works again.',
      public: true,
      impacts: {},
      keep_open: true,
    }),
  );
});

it('keeps a draft until it is sent, and says when somebody was faster', async () => {
  serve(answers);
  const first = sampleUpdate({ id: 'first' });
  const incident = sampleDetail({ public: true, public_title: 'x', updates: [first] });
  const { unmount } = draw(<Keyed incident={incident} />);
  await userEvent.click(await screen.findByRole('tab', { name: /Public update/ }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Public update' }), 'Half a sentence');
  await screen.findByText('Draft saved');
  unmount();

  const newer = sampleUpdate({ id: 'newer', at: '2026-11-21T09:14:00Z' });
  draw(<Keyed incident={{ ...incident, updates: [newer, first] }} />);
  expect(await screen.findByRole('textbox', { name: 'Public update' })).toHaveValue(
    'Half a sentence',
  );
  expect(screen.getByText(/Support desk published an update at/)).toBeInTheDocument();
});

it('keeps a comment inside, and what the server refuses in the field', async () => {
  const sent = serve({
    ...answers,
    'POST /incidents/INC0000001/comments': problem(422, 'Invalid', [
      { field: 'body', message: 'Too long.' },
    ]),
  });
  draw(<Keyed incident={sampleDetail()} />);
  expect(await screen.findByText('Nothing leaves the building')).toBeInTheDocument();
  await userEvent.keyboard('m');
  await userEvent.keyboard('Is it one bank?{Control>}{Enter}{/Control}');
  expect(await screen.findByText('Too long.')).toBeInTheDocument();
  expect(sent.at(-1)?.body).toEqual({ body: 'Is it one bank?' });
  expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveValue('Is it one bank?');
});

it('is not there for those who only look', async () => {
  serve({ ...answers, 'GET /auth/me': { ...member, permissions: ['incidents.read'] } });
  draw(<Keyed incident={sampleDetail()} />);
  await waitFor(() => expect(screen.queryByRole('tab')).not.toBeInTheDocument());
});
