import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { incident, member } from '@/lib/testing/samples';
import { sampleDetail } from '../samples';
import { IncidentList } from './IncidentList';

const me = {
  ...member,
  permissions: ['incidents.acknowledge', 'incidents.assign', 'incidents.hold'],
};
const worst = incident(241, { title: 'Card payments fail', priority: 'P1', status: 'in_progress' });
const fresh = incident(242, { title: 'Refund page is empty' });
const held = incident(243, { title: 'Receipts late', status: 'pending', pending_reason: 'vendor' });
const items = [held, fresh, worst];
const answers = {
  'GET /auth/me': me,
  'GET /summary': {
    status: 'operational',
    sentence: '',
    counts: {},
    open_incidents: items.length,
    incidents: items,
  },
  'GET /services': { items: [], counts: {} },
  'GET /users': { items: [], next_cursor: null },
  'GET /teams': { items: [], next_cursor: null },
  'GET /incidents': { items, next_cursor: null, counts: {} },
};

function Keyed() {
  useKeyboard();
  return (
    <main>
      <IncidentList />
      <Toasts />
    </main>
  );
}

it('shows the most urgent first, then what is new, then what is paused', async () => {
  serve(answers);
  const { container } = draw(<Keyed />, '/incidents');
  const list = await screen.findByRole('list', { name: 'Incidents' });
  const links = within(list).getAllByRole('link');
  expect(links.map(({ textContent }) => textContent)).toEqual([
    worst.title,
    fresh.title,
    held.title,
  ]);
  expect(within(list).getByText('Waits for vendor')).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
});

it('moves, selects and acts by keys alone', async () => {
  const done = sampleDetail({ allowed: [] });
  const sent = serve({
    ...answers,
    'POST /incidents/INC0000241/acknowledge': done,
    'POST /incidents/INC0000242/acknowledge': problem(409, 'It is closed.'),
  });
  draw(<Keyed />, '/incidents');
  await screen.findByRole('list', { name: 'Incidents' });
  await userEvent.keyboard('jxjx');
  const verbs = screen.getByRole('toolbar');
  expect(within(verbs).getByText('2 selected')).toBeInTheDocument();
  await userEvent.keyboard('y');
  await screen.findByText('INC0000241 acknowledged');
  expect(await screen.findByText('INC0000242 not acknowledged: It is closed.')).toBeInTheDocument();
  expect(sent.filter(({ call }) => call.startsWith('POST')).length).toBe(2);
});

it('writes filters into the address and asks the server with them', async () => {
  serve(answers);
  const { router } = draw(<Keyed />, '/incidents');
  await screen.findByRole('list', { name: 'Incidents' });
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find in titles' }), 'card');
  await waitFor(() => expect(router.state.location.search).toBe('?q=card'));
  await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
  expect(router.state.location.search).toBe('');
});

it('says that nothing is open, and what was over last', async () => {
  serve({ ...answers, 'GET /incidents': { items: [], next_cursor: null, counts: {} } });
  draw(<Keyed />, '/incidents');
  expect(await screen.findByText('Nothing is open.')).toBeInTheDocument();
});

it('says that the filters leave nothing, and takes them away', async () => {
  serve({ ...answers, 'GET /incidents': { items: [], next_cursor: null, counts: {} } });
  const { router } = draw(<Keyed />, '/incidents?priority=P1');
  expect(await screen.findByText('Nothing matches these filters.')).toBeInTheDocument();
  const clear = screen.getAllByRole('button', { name: 'Clear filters' });
  await userEvent.click(clear.at(-1) as HTMLElement);
  expect(router.state.location.search).toBe('');
});

it('says what failed and tries again', async () => {
  serve({ ...answers, 'GET /incidents': problem(400, 'The question was not understood.') });
  draw(<Keyed />, '/incidents');
  expect(await screen.findByText('The question was not understood.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Try again/ })).toBeInTheDocument();
});
