import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { incident, member, service } from '@/lib/testing/samples';
import { Board, FirstInLine, LatestChanges, RegistryNotice, RightNow } from '.';
import { inLine } from './FirstInLine';
import { layOut } from './layout';

const ledger = service('Ledger', {
  status: 'major_outage',
  detail: 'Writes refused since the failover.',
  source: { kind: 'http' },
});
const payouts = service('Payouts', { status: 'degraded', dependencies: ['ledger'], tier: 2 });
const backup = service('Backup', {
  status: 'unknown',
  poller_health: 'broken',
  detail: 'No answer in 6 polls.',
});
const git = service('Git', { category: 'engineering' });
const mail = service('Mail', { category: 'productivity', maintenance: true });
const counts = { operational: 2, degraded: 1, partial_outage: 0, major_outage: 1, unknown: 1 };
const services = { items: [git, payouts, mail, backup, ledger], counts };
const open = incident(241, {
  title: 'Some card payments fail',
  affected_services: [{ id: 'ledger', name: 'Ledger', status: 'major_outage' }],
});
const summary = {
  status: 'major_outage',
  sentence: '',
  counts,
  open_incidents: 1,
  incidents: [open],
};
const answers = {
  'GET /auth/me': member,
  'GET /services': services,
  'GET /summary': summary,
  'GET /timeline': {
    items: [
      {
        id: '1',
        at: '2026-11-21T08:52:00Z',
        service_id: 'ledger',
        service_name: 'Ledger',
        before: 'operational',
        after: 'major_outage',
        detail: null,
        by_hand: false,
      },
    ],
    next_cursor: null,
  },
};

function Keyed() {
  useKeyboard();
  return <Board />;
}

it('says what is broken first, then shows it worst first', async () => {
  serve(answers);
  draw(<Board />);
  const said = { level: 1, name: 'Ledger is down; Payouts follows.' };
  expect(await screen.findByRole('heading', said)).toBeInTheDocument();
  const cards = within(screen.getByRole('list', { name: 'Services that need a look' }));
  const names = cards.getAllByRole('listitem').map((card) => within(card).getAllByRole('link')[0]);
  expect(names.map((link) => link?.textContent)).toEqual(['Ledger', 'Payouts', 'Backup']);
});

it('keeps a blind service apart from a broken one, with what was known last', async () => {
  serve(answers);
  draw(<Board />);
  const card = (await screen.findByRole('link', { name: 'Backup' })).closest('li') as HTMLElement;
  expect(card).toHaveTextContent('Poller broken');
  expect(card).toHaveTextContent('No answer in 6 polls. Last known: operational.');
  expect(card).toHaveTextContent(/blind for/);
});

it('names the incident of a troubled service and who noticed', async () => {
  serve(answers);
  draw(<Board />);
  const card = (await screen.findByRole('link', { name: 'Ledger' })).closest('li') as HTMLElement;
  expect(await within(card).findByRole('link', { name: 'INC0000241' })).toHaveAttribute(
    'href',
    '/incidents/INC0000241',
  );
  expect(card).toHaveTextContent('own check');
});

it('is walked by keys', async () => {
  const user = userEvent.setup();
  serve(answers);
  draw(<Keyed />);
  await screen.findByRole('link', { name: 'Payouts' });
  await user.keyboard('jj');
  expect(document.activeElement).toHaveTextContent('Payouts');
});

it('narrows by what the address says, counts what is left, and keeps the sentence whole', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { router } = draw(<Keyed />, '/board?category=productivity');
  expect(await screen.findByRole('link', { name: 'Mail' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Ledger' })).not.toBeInTheDocument();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Ledger is down');
  expect(screen.getByText('1 of 5 services')).toBeInTheDocument();
  expect(screen.getByText('in maintenance')).toBeInTheDocument();
  await user.keyboard('/payouts');
  await screen.findByText('Nothing matches these filters.');
  expect(router.state.location.search).toBe('?category=productivity&q=payouts');
  const clear = screen.getAllByRole('button', { name: 'Clear filters' });
  await user.click(clear.at(-1) as HTMLElement);
  expect(await screen.findByRole('link', { name: 'Ledger' })).toBeInTheDocument();
  expect(router.state.location.search).toBe('');
});

it('folds large shelves of a large board, and opens them whole', async () => {
  const user = userEvent.setup();
  const many = Array.from({ length: 160 }, (_, n) => service(`Calm ${n}`));
  serve({ ...answers, 'GET /services': { items: [...services.items, ...many], counts } });
  draw(<Board />);
  expect(await screen.findByRole('link', { name: 'Calm 0' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Calm 159' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '146 more in Engineering' }));
  expect(screen.getByRole('link', { name: 'Calm 159' })).toBeInTheDocument();
});

it('offers to try again when it cannot be loaded', async () => {
  serve({ ...answers, 'GET /services': problem(503, 'The database is busy.') });
  draw(<Board />);
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Board not loaded.The database is busy.',
  );
});

it('says what to do when nothing is watched', async () => {
  serve({ ...answers, 'GET /services': { items: [], counts } });
  draw(<Board />);
  expect(await screen.findByText('Nothing is watched yet.')).toBeInTheDocument();
});

it('gives axe nothing to object to', async () => {
  serve(answers);
  const { container } = draw(
    <main>
      <Board />
      <FirstInLine />
      <LatestChanges />
      <RightNow tenant="Larkfield Pay" />
    </main>,
  );
  await screen.findByText('Ledger: major outage');
  await screen.findByText('Some card payments fail');
  expect(await complaints(container)).toEqual([]);
});

it('puts maintenance among what needs no look', () => {
  const { troubled, blind, groups } = layOut(services.items);
  expect(troubled.map(({ id }) => id)).toEqual(['ledger', 'payouts']);
  expect(blind.map(({ id }) => id)).toEqual(['backup']);
  expect(groups.map(({ name }) => name)).toEqual(['Engineering', 'Productivity']);
});

it('orders incidents: majors, then priority, then due, then age', () => {
  const order = inLine([
    incident(1),
    incident(2, { opened_at: '2026-11-20T08:00:00Z' }),
    incident(3, { sla_resolve_due: '2026-11-21T12:00:00Z' }),
    incident(4, { priority: 'P1' }),
    incident(5, { major: true, priority: 'P2' }),
  ]);
  expect(order.map(({ uid }) => uid)).toEqual(['uid-5', 'uid-4', 'uid-3', 'uid-2', 'uid-1']);
});

it('tells strangers what the public knows of an incident, without a reference', async () => {
  const told = {
    id: 'k7Qm2xVb',
    title: 'Payments fail',
    phase: 'identified',
    public: true,
    started_at: '2026-11-21T08:52:00Z',
    affected_services: open.affected_services,
  };
  serve({ ...answers, 'GET /summary': { ...summary, incidents: [told] } });
  draw(
    <>
      <Board />
      <FirstInLine />
    </>,
  );
  expect(await screen.findByText('Payments fail')).toBeVisible();
  expect(screen.getAllByText(/^Identified/)).toHaveLength(2);
  expect(screen.queryByText('k7Qm2xVb')).not.toBeInTheDocument();
});

const refused = {
  state: 'refused',
  file: 'config/services.yaml',
  read_at: '2026-11-21T08:52:00Z',
  mistakes: [{ line: 4, field: 'category', expected: "expected 'identity' or 'hr'" }],
};

it('tells members why the registry file was refused, line by line', async () => {
  serve({ ...answers, 'GET /registry-file': refused });
  draw(<RegistryNotice />);
  const notice = await screen.findByRole('region', { name: 'Registry file' });
  expect(notice).toHaveTextContent('config/services.yaml');
  expect(notice).toHaveTextContent("Line 4, category: expected 'identity' or 'hr'");
});

it('keeps quiet about a registry file that was loaded', async () => {
  const sent = serve({ ...answers, 'GET /registry-file': { ...refused, state: 'loaded' } });
  draw(<RegistryNotice />);
  await waitFor(() => expect(JSON.stringify(sent)).toContain('registry-file'));
  const notice = screen.findByRole('region', { name: 'Registry file' }, { timeout: 200 });
  await expect(notice).rejects.toThrow();
});
