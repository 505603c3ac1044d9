import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { sampledAt } from '@/lib/testing/samples';
import { MonitorPanel, MonitorScreen } from '.';
import { admin, monitor } from './samples';

const trial = {
  status: 'operational',
  detail: 'Answered 200.',
  maintenance: false,
  name: null,
  final_url: null,
  response_ms: 180,
  status_code: 200,
  fault: null,
  phases: { lookup: 4.2, connect: 11, tls: null, first_byte: 160, download: 0.3 },
  figures: { days_left: 41 },
  components: [],
  missing: [],
  unnamed: [],
  error: null,
};

const latency = { step: '15m', points: [] };
const nothing = { onSaved: () => {}, onGone: () => {} };

beforeEach(() => void vi.setSystemTime(new Date(sampledAt)));

it('lists a service’s own checks with their last answers, and leaves feeds out', async () => {
  const feed = monitor({ id: 'f', kind: 'statuspage', name: 'Feed' });
  const waiting = monitor({
    id: 'h',
    kind: 'heartbeat',
    name: 'Backup',
    status: 'unknown',
    detail: null,
    response_ms: null,
  });
  serve({ 'GET /auth/me': admin, 'GET /monitors': { items: [feed, monitor(), waiting] } });
  const { container } = draw(<MonitorPanel serviceId="shop" />);
  const link = await screen.findByRole('link', { name: 'Website, shop.example' });
  expect(link).toHaveAttribute('href', '/services/shop/monitors/m1');
  expect(screen.getByText('213 ms')).toBeInTheDocument();
  expect(screen.getByText('Waiting for the first ping.')).toBeInTheDocument();
  expect(screen.queryByText('Feed')).not.toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
});

it('says so while nothing is checked, and when the list cannot be loaded', async () => {
  serve({ 'GET /auth/me': admin, 'GET /monitors': { items: [] } });
  draw(<MonitorPanel serviceId="shop" />);
  expect(await screen.findByText('No check of your own yet.')).toBeInTheDocument();
  serve({ 'GET /monitors': problem(503, 'Down.') });
  draw(<MonitorPanel serviceId="till" />);
  expect(await screen.findByRole('button', { name: /Try again/ })).toBeInTheDocument();
});

it('tests what is written, shows where the time went, and adds it', async () => {
  const user = userEvent.setup();
  const saved = vi.fn();
  const sent = serve({
    'GET /auth/me': admin,
    'POST /monitors/test': trial,
    'POST /monitors': monitor(),
  });
  const { container } = draw(
    <main>
      <MonitorScreen serviceId="shop" monitor={null} {...nothing} onSaved={saved} />
    </main>,
  );
  await user.type(await screen.findByLabelText('Address'), 'https://shop.example/health');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Answered 200.')).toBeInTheDocument();
  const phases = within(screen.getByRole('list', { name: 'Phases' }));
  expect(phases.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
    'Lookup4.2 ms',
    'Connect11 ms',
    'First byte160 ms',
    'Download0.3 ms',
  ]);
  expect(screen.getByText('Status 200 · 180 ms')).toBeInTheDocument();
  expect(screen.getByText('The certificate lasts 41 days.')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Must contain'), 'Basket');
  expect(screen.getByText('before your last change')).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Add monitor' }));
  await waitFor(() => expect(saved).toHaveBeenCalledWith(expect.anything(), true));
  expect(sent.find(({ call }) => call === 'POST /monitors')?.body).toMatchObject({
    service_id: 'shop',
    kind: 'http',
    url: 'https://shop.example/health',
    expected_status: ['200-399'],
    keyword: 'Basket',
    method: 'GET',
    interval_seconds: 60,
    verify_tls: true,
    auth: null,
  });
});

it('asks each kind only for its own fields', async () => {
  const user = userEvent.setup();
  serve({ 'GET /auth/me': admin });
  draw(<MonitorScreen serviceId="shop" monitor={null} {...nothing} />);
  await user.selectOptions(await screen.findByLabelText('What is checked'), 'dns');
  expect(screen.getByLabelText('Record')).toHaveValue('A');
  expect(screen.queryByLabelText('Address')).not.toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText('What is checked'), 'heartbeat');
  expect(screen.queryByRole('button', { name: 'Test now' })).not.toBeInTheDocument();
  expect(screen.getByLabelText('Every, in seconds')).toHaveValue('86400');
  await user.selectOptions(screen.getByLabelText('The job runs'), 'cron');
  expect(screen.getByLabelText('Time zone')).toHaveValue('Europe/Brussels');
  expect(screen.queryByLabelText('Every, in seconds')).not.toBeInTheDocument();
});

it('says at each field what is wrong, also behind the fold', async () => {
  const user = userEvent.setup();
  const errors = [
    { field: 'url', message: 'expected an address' },
    { field: 'auth.basic.password', message: 'enter it again' },
    { field: 'headers.X-Api-Key', message: 'enter it again' },
  ];
  serve({ 'GET /auth/me': admin, 'POST /monitors/test': problem(422, 'Invalid', errors) });
  draw(<MonitorScreen serviceId="shop" monitor={null} {...nothing} />);
  await user.selectOptions(await screen.findByLabelText('Logs in'), 'basic');
  await user.click(screen.getByRole('button', { name: 'Test now' }));
  await waitFor(() =>
    expect(screen.getByLabelText('Address')).toHaveAccessibleDescription('Expected an address.'),
  );
  expect(screen.getByLabelText('Password or token')).toHaveAccessibleDescription('Enter it again.');
  expect(screen.getByText('X-Api-Key: enter it again')).toBeInTheDocument();
});

it('says that secrets are set, keeps them, and lets one be replaced', async () => {
  const user = userEvent.setup();
  const sent = serve({
    'GET /auth/me': admin,
    'GET /monitors/m1/latency': latency,
    'PATCH /monitors/m1': monitor(),
  });
  const sealed = monitor({
    auth: { type: 'bearer', token: 'sealed:abc' },
    headers: { 'X-Api-Key': 'sealed:def', Accept: 'text/html' },
  });
  draw(<MonitorScreen serviceId="shop" monitor={sealed} {...nothing} />);
  expect(await screen.findAllByText('Set, and stored encrypted')).toHaveLength(2);
  expect(screen.queryByText(/sealed:/)).not.toBeInTheDocument();
  await user.click(screen.getByLabelText('Password or token'));
  await user.type(screen.getByLabelText('Password or token'), 'new one');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent.some(({ call }) => call.startsWith('PATCH'))).toBe(true));
  expect(sent.find(({ call }) => call.startsWith('PATCH'))?.body).toMatchObject({
    auth: { type: 'bearer', token: 'new one' },
    headers: { 'X-Api-Key': 'sealed:def', Accept: 'text/html' },
  });
});

it('says that a body is stored, keeps it, and lets it be replaced by text', async () => {
  const user = userEvent.setup();
  const sent = serve({
    'GET /auth/me': admin,
    'GET /monitors/m1/latency': latency,
    'PATCH /monitors/m1': monitor(),
  });
  const sealed = monitor({ method: 'POST', body: 'sealed:abc' });
  draw(<MonitorScreen serviceId="shop" monitor={sealed} {...nothing} />);
  expect(await screen.findByText('Set, and stored encrypted')).toBeInTheDocument();
  const saved = () => sent.filter(({ call }) => call.startsWith('PATCH'));
  await user.type(screen.getByLabelText('Name'), '2');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saved()).toHaveLength(1));
  expect(saved()[0]?.body).toMatchObject({ body: 'sealed:abc' });
  await user.click(screen.getByLabelText('Body'));
  await user.type(screen.getByLabelText('Body'), 'a=1');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saved()).toHaveLength(2));
  expect(saved()[1]?.body).toMatchObject({ body: 'a=1' });
});

it('asks once before it deletes', async () => {
  const user = userEvent.setup();
  const gone = vi.fn();
  const sent = serve({
    'GET /auth/me': admin,
    'GET /monitors/m1/latency': latency,
    'DELETE /monitors/m1': {},
  });
  draw(<MonitorScreen serviceId="shop" monitor={monitor()} {...nothing} onGone={gone} />);
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(sent.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
  await user.click(await screen.findByRole('button', { name: 'Delete monitor' }));
  await waitFor(() => expect(gone).toHaveBeenCalledOnce());
});
