import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import type { Maintenance } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, sampledAt, service } from '@/lib/testing/samples';
import { NextMaintenance, PlanDialog, WindowDrawer, WindowList } from '.';

const hour = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

const planned: Maintenance = {
  id: 'w1',
  title: 'New disks',
  description: null,
  starts_at: later(24),
  ends_at: later(26),
  status: 'scheduled',
  source: 'own',
  affected_services: ['ledger', 'gone'],
  recurrence: { rule: 'FREQ=WEEKLY', time_zone: 'Europe/Vienna' },
  series_id: 's1',
  began_at: null,
  version: 1,
  created_at: sampledAt,
  updated_at: sampledAt,
};
const running: Maintenance = {
  ...planned,
  id: 'w2',
  title: 'Moving racks',
  status: 'in_progress',
  starts_at: later(-1),
  ends_at: later(1),
  began_at: later(-1),
  recurrence: null,
  source: 'vendor',
};

const list = (...items: Maintenance[]) => ({ items, next_cursor: null });
const manager = { ...member, permissions: ['maintenance.read', 'maintenance.write'] };
const answers = {
  'GET /auth/me': manager,
  'GET /services': { items: [service('Ledger'), service('Cards')], counts: {} },
};

function Keyed({ children }: { children: React.ReactNode }) {
  useKeyboard();
  return (
    <main>
      {children}
      <Toasts />
    </main>
  );
}

it('says what is worked on and what comes next', async () => {
  const inTurn = [list(running), list(planned)]; // active is asked before upcoming
  serve({ ...answers, 'GET /maintenance': () => inTurn.shift() ?? list() });
  const { container } = draw(<WindowList plan={null} />, '/maintenance');
  expect(await screen.findByText(/^Moving racks is in progress, /)).toBeInTheDocument();
  const [first, second] = screen.getAllByRole('link', { name: /racks|disks/ });
  expect([first?.textContent, second?.textContent]).toEqual(['Moving racks', 'New disks']);
  expect(screen.getByText('Vendor')).toBeInTheDocument();
  expect(screen.getByText('Every week')).toBeInTheDocument();
  expect(await screen.findAllByText('Ledger and gone')).toHaveLength(2);
  expect(await complaints(container)).toEqual([]);
});

it('shows on the board what is worked on now and what comes next', async () => {
  const inTurn = [list(running), list(planned, { ...planned, id: 'w3', title: 'Later still' })];
  serve({ ...answers, 'GET /maintenance': () => inTurn.shift() ?? list() });
  const { container } = draw(
    <main>
      <NextMaintenance />
    </main>,
    '/board',
  );
  const items = await screen.findAllByRole('listitem');
  expect(items.map((item) => item.textContent)).toEqual([
    expect.stringMatching(/^Moving racksNow, until .*, 2 services$/),
    expect.stringMatching(/^New disksTomorrow /),
    expect.stringMatching(/^Later still/),
  ]);
  expect(screen.getByRole('link', { name: 'New disks' })).toHaveAttribute(
    'href',
    '/maintenance/w1',
  );
  expect(await complaints(container)).toEqual([]);
});

it('is one quiet line on the board while nothing is planned, without links for strangers', async () => {
  serve({ 'GET /maintenance': list() });
  draw(<NextMaintenance />, '/board');
  expect(await screen.findByText('Nothing is planned.')).toBeInTheDocument();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

it('says what an empty list is for, and offers to plan', async () => {
  serve({ ...answers, 'GET /maintenance': list() });
  draw(<WindowList plan={<button type="button">Plan maintenance</button>} />, '/maintenance');
  expect(await screen.findByText('Nothing is planned.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Plan maintenance' })).toBeInTheDocument();
});

it('plans a window over chosen services', async () => {
  const sent = serve({ ...answers, 'POST /maintenance': planned });
  draw(
    <Keyed>
      <PlanDialog opened onClose={() => undefined} />
    </Keyed>,
  );
  await userEvent.type(await screen.findByLabelText('Title'), 'New disks');
  await userEvent.click(await screen.findByRole('checkbox', { name: /Ledger/ }));
  await userEvent.selectOptions(screen.getByLabelText('Repeats'), 'weekly');
  expect(await complaints(screen.getByRole('dialog'))).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: /^Plan it/ }));
  await screen.findByText('New disks planned');
  const body = sent.find(({ call }) => call === 'POST /maintenance')?.body as Maintenance;
  expect(body.affected_services).toEqual(['ledger']);
  expect(body.recurrence?.rule).toBe('FREQ=WEEKLY');
  expect(Date.parse(body.ends_at ?? '') - Date.parse(body.starts_at)).toBe(hour);
});

it('shows what the server refuses beside its field', async () => {
  const refusal = problem(422, 'No.', [{ field: 'ends_at', message: 'lies in the past' }]);
  serve({ ...answers, 'POST /maintenance': refusal });
  draw(
    <Keyed>
      <PlanDialog opened onClose={() => undefined} />
    </Keyed>,
  );
  await userEvent.type(await screen.findByLabelText('Title'), 'New disks');
  await userEvent.click(await screen.findByRole('checkbox', { name: /Ledger/ }));
  await userEvent.click(screen.getByRole('button', { name: /^Plan it/ }));
  expect(await screen.findByText('Lies in the past.')).toBeInTheDocument();
});

it('completes by key, and asks once before it cancels', async () => {
  const own = { ...running, source: 'own' as const };
  const sent = serve({
    ...answers,
    'GET /maintenance/w2': own,
    'GET /maintenance/w2/updates': { items: [], next_cursor: null },
    'POST /maintenance/w2/complete': { ...own, status: 'completed' },
    'POST /maintenance/w2/cancel': { ...own, status: 'cancelled' },
  });
  draw(
    <Keyed>
      <WindowDrawer id="w2" onClose={() => undefined} />
    </Keyed>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel maintenance' }));
  expect(sent.some(({ call }) => call.endsWith('/cancel'))).toBe(false);
  const question = await screen.findByRole('dialog', { name: 'Cancel Moving racks?' });
  await userEvent.click(within(question).getByRole('button', { name: 'Keep it' }));
  await waitFor(() => expect(question).not.toBeInTheDocument());
  await userEvent.keyboard('r');
  expect(await screen.findByText('Moving racks completed')).toBeInTheDocument();
});

it('keeps what people write, and shows it with its writer', async () => {
  const update = { id: 'u', at: sampledAt, author: 'Robin', message: 'Disks are in.' };
  const sent = serve({
    ...answers,
    'GET /maintenance/w1': planned,
    'GET /maintenance/w1/updates': { items: [update], next_cursor: null },
    'POST /maintenance/w1/updates': update,
  });
  draw(
    <Keyed>
      <WindowDrawer id="w1" onClose={() => undefined} />
    </Keyed>,
  );
  expect(await screen.findByText('Disks are in.')).toBeInTheDocument();
  await userEvent.type(await screen.findByLabelText('New update'), 'Racks too.');
  await userEvent.click(screen.getByRole('button', { name: 'Write' }));
  await waitFor(() =>
    expect(sent.find(({ call }) => call === 'POST /maintenance/w1/updates')?.body).toEqual({
      message: 'Racks too.',
    }),
  );
});

it('leaves a vendor’s window to the vendor', async () => {
  serve({ ...answers, 'GET /maintenance/w2': running });
  draw(
    <Keyed>
      <WindowDrawer id="w2" onClose={() => undefined} />
    </Keyed>,
  );
  expect(await screen.findByText('It follows what the vendor announces.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Complete/ })).not.toBeInTheDocument();
});
