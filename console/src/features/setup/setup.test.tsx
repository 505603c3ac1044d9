import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { AccountStep, HearStep, PageStep, Steps, WatchStep } from '.';

const services = {
  items: [service('Git'), service('Vault', { visibility: 'internal' })],
  counts: {},
};

it('makes the first account with the token of the link', async () => {
  const user = userEvent.setup();
  const done = vi.fn();
  const sent = serve({ 'POST /setup': member });
  draw(<AccountStep token="printed" onDone={done} />);
  await user.type(screen.getByLabelText('Name'), 'Operations lead');
  await user.type(screen.getByLabelText('E-mail'), 'ops@larkfield.example');
  await user.type(screen.getByLabelText('Password'), 'larks sing early');
  expect(screen.getByText('16 characters, strong')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Create account and go on' }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent[0]?.body).toEqual({
    token: 'printed',
    name: 'Operations lead',
    email: 'ops@larkfield.example',
    password: 'larks sing early',
  });
});

it('tries an address before it watches it, under the name that was found', async () => {
  const user = userEvent.setup();
  const sent = serve({
    'GET /services': services,
    'POST /monitors/test': {
      status: 'degraded',
      detail: 'Search is slow.',
      maintenance: false,
      name: 'Quillmark Docs',
      final_url: 'https://status.quillmark.example',
      response_ms: 120,
      components: [],
      missing: [],
      error: null,
    },
    'POST /services': service('Quillmark Docs'),
  });
  draw(<WatchStep onDone={() => {}} />);
  expect(await screen.findByText(/2 services are there already/)).toBeInTheDocument();
  await user.type(screen.getByLabelText('Address'), 'quillmark.example');
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('Search is slow.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Watch it' }));
  expect(await screen.findByText('Quillmark Docs is watched')).toBeInTheDocument();
  expect(sent.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body)).toEqual([
    { kind: 'statuspage', url: 'https://quillmark.example' },
    {
      id: 'quillmark-docs',
      name: 'Quillmark Docs',
      category: 'engineering',
      source: { kind: 'statuspage', url: 'https://status.quillmark.example' },
    },
  ]);
});

it('sends a first message through a new channel and says why it could not be added', async () => {
  const user = userEvent.setup();
  const errors = [{ field: 'address', message: 'expected an e-mail address' }];
  serve({
    'GET /channels': { items: [], next_cursor: null },
    'POST /channels': problem(422, 'Some fields are wrong.', errors),
  });
  draw(<HearStep onDone={() => {}} />);
  const address = await screen.findByLabelText('Mail address');
  await user.type(address, 'ops@larkfield.example');
  await user.click(screen.getByRole('button', { name: 'Add and send a first message' }));
  await waitFor(() => expect(address).toHaveAccessibleDescription('expected an e-mail address'));
});

it('puts public services on the page, in order, and offers no internal one', async () => {
  const user = userEvent.setup();
  const done = vi.fn();
  const sent = serve({
    'GET /services': services,
    'GET /status-pages/main': { slug: 'main', name: 'Larkfield Pay', components: [] },
    'PATCH /status-pages/main': {},
    'POST /status-pages/main/components': {},
  });
  draw(<PageStep onDone={done} />);
  await user.click(await screen.findByLabelText('Git'));
  expect(screen.queryByLabelText('Vault')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save and open the board' }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent.filter(({ call }) => !call.startsWith('GET'))).toEqual([
    {
      call: 'PATCH /status-pages/main',
      body: { name: 'Larkfield Pay', time_zone: 'Europe/Brussels' },
    },
    { call: 'POST /status-pages/main/components', body: { service_id: 'git' } },
  ]);
});

it('gives axe nothing to object to', async () => {
  serve({});
  const { container } = draw(
    <main>
      <Steps at={2} />
      <AccountStep token="printed" onDone={() => {}} />
    </main>,
  );
  expect(await complaints(container)).toEqual([]);
});
