import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { sampledAt } from '@/lib/testing/samples';
import { MonitorScreen } from '.';
import { admin, monitor } from './samples';

const nothing = { onSaved: () => {}, onGone: () => {} };

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
  };
  serve({ 'GET /auth/me': admin, 'GET /monitors/m1/heartbeat': never });
  const job = monitor({
    kind: 'heartbeat',
    name: 'Backup',
    cron: '30 2 * * *',
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
