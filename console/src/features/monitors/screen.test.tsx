import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { sampledAt } from '@/lib/testing/samples';
import { MonitorScreen } from '.';
import { admin, monitor } from './samples';

const nothing = { onSaved: () => {}, onGone: () => {} };

const acrossAutumn = ['2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'];
const autumn = {
  cron: '30 2 * * *',
  time_zone: 'Europe/Vienna',
  words: 'At 02:30 every day',
  next_due_at: acrossAutumn,
};

beforeEach(() => void vi.setSystemTime(new Date(sampledAt)));

it('shows where a job reports, and waits for its first ping', async () => {
  const user = userEvent.setup();
  const never = {
    pinged_at: null,
    started_at: null,
    due_at: null,
    last_kind: null,
    exit_code: null,
    text: null,
    next_due_at: acrossAutumn,
  };
  serve({
    'GET /auth/me': admin,
    'GET /monitors/m1/heartbeat': never,
    'POST /monitors/heartbeat/preview': autumn,
  });
  const job = monitor({
    kind: 'heartbeat',
    name: 'Backup',
    cron: '30 2 * * *',
    time_zone: 'Europe/Vienna',
    interval_seconds: null,
    ping_url: 'https://tocsin.example/ping/k',
  });
  const { container } = draw(
    <main>
      <MonitorScreen serviceId="shop" monitor={job} {...nothing} />
    </main>,
  );
  expect(await screen.findByText(/Until then it is unknown, and no outage/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Copy the ping address/ })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'cron' }));
  expect(screen.getByText(/^30 2 \* \* \* backup.sh; curl/)).toBeInTheDocument();
  expect(screen.getByLabelText('Cron expression')).toHaveValue('30 2 * * *');
  const [onPage] = screen.getAllByRole('list', { name: 'Due times' });
  const times = within(onPage as HTMLElement).getAllByRole('listitem');
  expect(times.map((time) => time.textContent)).toEqual([
    expect.stringMatching(/^Sat 24 Oct 202602:30|^Sat 24 Oct 02:30/),
    expect.stringMatching(/Sun 25 Oct.*02:30in/),
    expect.stringMatching(/Mon 26 Oct.*02:30clocks change, UTC\+1/),
  ]);
  expect(await complaints(container)).toEqual([]);
});

it('draws response times with what failed, and turns them into a table', async () => {
  const user = userEvent.setup();
  const point = (start: string, bad: number, p50: number | null) => ({
    start,
    count: 15,
    bad,
    avg: p50,
    p50,
    p90: p50,
    p95: p50 && p50 * 2,
    p99: p50,
  });
  serve({
    'GET /auth/me': admin,
    'GET /monitors/m1/latency': {
      step: '15m',
      points: [
        point('2026-11-21T08:30:00Z', 0, 120),
        point('2026-11-21T08:45:00Z', 15, null),
        point('2026-11-21T09:00:00Z', 2, 140),
      ],
    },
  });
  draw(<MonitorScreen serviceId="shop" monitor={monitor()} {...nothing} />);
  expect(await screen.findByText(/^45 checks in 24 h, 17 of them bad\./)).toBeInTheDocument();
  expect(screen.getByRole('img', { name: /^Response time/ })).toBeInTheDocument();
  expect(screen.getByText('17 bad')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: /Table/ }));
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows).toHaveLength(4);
  expect(rows[1]).toHaveTextContent('140 ms280 ms');
});

it('says in words and times what a cron expression means while it is written', async () => {
  const user = userEvent.setup();
  const refusal = problem(422, 'No.', [
    { field: 'cron', message: 'the minute cannot be read or never comes' },
  ]);
  const sent = serve({
    'GET /auth/me': admin,
    'POST /monitors/heartbeat/preview': (body: { cron: string }) =>
      body.cron.startsWith('61') ? refusal : autumn,
  });
  const { container } = draw(
    <main>
      <MonitorScreen serviceId="shop" monitor={null} {...nothing} />
    </main>,
  );
  await screen.findByLabelText('What is checked');
  await user.selectOptions(screen.getByLabelText('What is checked'), 'heartbeat');
  expect(screen.getByText('That is 1 d.')).toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText('The job runs'), 'cron');
  expect(screen.getByText('Write an expression to see when it is due.')).toBeInTheDocument();
  const field = screen.getByLabelText('Cron expression');
  const zone = screen.getByLabelText('Time zone');
  await user.clear(zone);
  await user.type(zone, 'Europe/Vienna');
  await user.type(field, '30 2 * * *');
  expect(await screen.findByText('At 02:30 every day.')).toBeInTheDocument();
  expect(screen.getByText('in Europe/Vienna')).toBeInTheDocument();
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
  expect(sent.at(-1)?.body).toEqual({ cron: '30 2 * * *', time_zone: 'Europe/Vienna' });
  expect(await complaints(container)).toEqual([]);
  await user.clear(field);
  await user.type(field, '61 2 * * *');
  expect(await screen.findByText(/The minute cannot|the minute cannot/)).toBeInTheDocument();
  expect(field).toBeInvalid();
  expect(screen.getByText('It cannot be read yet: see what the form says.')).toBeInTheDocument();
  expect(screen.queryByText('At 02:30 every day.')).not.toBeInTheDocument();
});
