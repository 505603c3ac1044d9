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

it('names what was added, as long as it is watched', async () => {
  const user = userEvent.setup();
  serve({ 'GET /services': services });
  draw(
    <WatchStep
      onDone={() => {}}
      adding={(onAdded) => (
        <>
          <button type="button" onClick={() => onAdded('git')}>
            Add Git
          </button>
          <button type="button" onClick={() => onAdded('taken-back')}>
            Add and take back
          </button>
        </>
      )}
    />,
  );
  expect(await screen.findByText(/2 services are there already/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Go on without' })).toBeInTheDocument();
  await user.click(screen.getByText('Add Git'));
  await user.click(screen.getByText('Add and take back'));
  expect(screen.getByText('Git is watched')).toBeInTheDocument();
  expect(screen.getAllByText(/is watched/)).toHaveLength(1);
  expect(screen.getByRole('button', { name: 'Go on' })).toBeInTheDocument();
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
  await waitFor(() => expect(address).toHaveAccessibleDescription('Expected an e-mail address.'));
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
