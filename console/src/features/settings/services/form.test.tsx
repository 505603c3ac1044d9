import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { ServiceForm } from './ServiceForm';

const none = { onClose: () => {}, onArchive: () => {}, mayWrite: true };
const me = { ...member, permissions: ['services.write', 'monitors.write'] };

it('asks a kind for its own options, and says at them what is wrong', async () => {
  const user = userEvent.setup();
  const errors = [
    { field: 'source.mapping.ok', message: 'not a status' },
    { field: 'source.query', message: 'no such thing' },
  ];
  const sent = serve({
    'GET /auth/me': me,
    'GET /services': { items: [], counts: {} },
    'GET /teams': { items: [] },
    'POST /services': problem(422, 'Invalid', errors),
  });
  const { container } = draw(
    <main>
      <ServiceForm service={null} {...none} />
    </main>,
  );
  const kind = await screen.findByLabelText('Where its status comes from');
  await user.selectOptions(kind, 'aws');
  await user.type(screen.getByLabelText('Regions'), 'us-east-1');
  await user.selectOptions(kind, 'json');
  expect(screen.queryByLabelText('Regions')).not.toBeInTheDocument();
  await user.type(screen.getByLabelText('Name'), 'Health');
  await user.type(screen.getByLabelText('Address'), 'https://api.example/health');
  await user.type(screen.getByLabelText('Query'), 'state');
  await user.type(screen.getByLabelText('What the values mean'), 'ok = fine');
  await user.click(screen.getByRole('button', { name: /Add service/ }));
  await waitFor(() =>
    expect(screen.getByLabelText('What the values mean')).toHaveAccessibleDescription(
      'Not a status.',
    ),
  );
  expect(screen.getByLabelText('Query')).toHaveAccessibleDescription('No such thing.');
  expect(sent.find(({ call }) => call === 'POST /services')?.body).toMatchObject({
    source: {
      kind: 'json',
      url: 'https://api.example/health',
      query: 'state',
      mapping: { ok: 'fine' },
    },
  });
  expect(await complaints(container)).toEqual([]);
});

it('leaves a kind that it does not know as it is', async () => {
  const user = userEvent.setup();
  const source = { kind: 'tls', host: 'shop.example', port: 443 };
  const shop = service('Shop', { source });
  const sent = serve({
    'GET /auth/me': me,
    'GET /services': { items: [shop], counts: {} },
    'GET /teams': { items: [] },
    'PATCH /services/shop': shop,
  });
  draw(<ServiceForm service={shop} {...none} />);
  expect(await screen.findByText(/Its own fields stay as they are/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: /^Save/ }));
  await waitFor(() => expect(sent.some(({ call }) => call.startsWith('PATCH'))).toBe(true));
  expect(sent.find(({ call }) => call.startsWith('PATCH'))?.body).toMatchObject({ source });
});
