import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, sampledAt, service } from '@/lib/testing/samples';
import { Account, ChannelList, PeopleList, ServiceList, TokenList } from '.';

const me = {
  ...member,
  permissions: [
    'services.read',
    'services.write',
    'people.write',
    'tokens.write',
    'channels.read',
    'channels.write',
  ],
};
const git = service('Git', { managed_by: 'file' });
const answers = {
  'GET /auth/me': me,
  'GET /services': { items: [git, service('Shop')], counts: {} },
  'GET /teams': { items: [], next_cursor: null },
  'GET /users': { items: [], next_cursor: null },
  'GET /tokens': { items: [], next_cursor: null },
  'GET /channels': { items: [] },
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

it('tries a source out, takes the address it leads to, and adds the service', async () => {
  const trial = {
    status: 'degraded',
    detail: 'Git operations are slow.',
    maintenance: false,
    name: 'Gitfold',
    final_url: 'https://www.gitfoldstatus.example',
    response_ms: 213,
    components: [{ id: 'c1', name: 'Git', group: 'Core', status: 'degraded' }],
    missing: [],
    unnamed: [],
    error: null,
  };
  const sent = serve({
    ...answers,
    'POST /monitors/test': trial,
    'POST /services': service('Gitfold'),
  });
  draw(
    <Keyed>
      <ServiceList />
    </Keyed>,
    '/settings/services?service=new',
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Address of the status page'), 'gitfold.example');
  await userEvent.click(dialog.getByRole('button', { name: 'Test' }));
  expect(await dialog.findByText('Git operations are slow.')).toBeInTheDocument();
  expect(dialog.getByLabelText('Name')).toHaveValue('Gitfold');
  await userEvent.click(dialog.getByRole('button', { name: 'Use this' }));
  await userEvent.click(dialog.getByRole('checkbox', { name: /Core \/ Git/ }));
  await userEvent.click(dialog.getByRole('button', { name: /Add service/ }));
  await screen.findByText('Gitfold added');
  expect(sent.find(({ call }) => call === 'POST /services')?.body).toMatchObject({
    id: 'gitfold',
    name: 'Gitfold',
    source: { kind: 'statuspage', url: 'https://www.gitfoldstatus.example', components: ['c1'] },
  });
});

it('says why a source cannot be read, and shows a refusal at its field', async () => {
  serve({
    ...answers,
    'POST /monitors/test': problem(422, 'Invalid', [{ field: 'url', message: 'No address.' }]),
  });
  draw(
    <Keyed>
      <ServiceList />
    </Keyed>,
    '/settings/services?service=new',
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Test' }));
  expect(await dialog.findByText('No address.')).toBeInTheDocument();
});

it('shows services of the registry file but does not change them', async () => {
  serve(answers);
  const { container } = draw(
    <Keyed>
      <ServiceList />
    </Keyed>,
    '/settings/services',
  );
  expect(await screen.findByText(/1 service comes from the registry file/)).toBeInTheDocument();
  expect(await complaints(container)).toEqual([]);
  await userEvent.keyboard('j{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText('Name')).toBeDisabled();
  expect(dialog.queryByRole('button', { name: 'Archive' })).not.toBeInTheDocument();
});

it('shows a token once', async () => {
  const made = {
    id: 't',
    name: 'CI',
    role: 'viewer',
    scopes: [],
    created_by: 'Me',
    created_at: sampledAt,
    last_used_at: null,
    expires_at: null,
    revoked_at: null,
    token: 'toc_secret',
  };
  serve({ ...answers, 'POST /tokens': made });
  draw(
    <Keyed>
      <TokenList />
    </Keyed>,
    '/settings/tokens?token=new',
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Name'), 'CI');
  await userEvent.click(dialog.getByRole('button', { name: /Make token/ }));
  expect(await screen.findByText('toc_secret')).toBeInTheDocument();
  expect(screen.getByText(/It is shown this once/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'I have it' }));
});

it('hands the link of an invitation to whoever invites', async () => {
  const invited = {
    id: 'u9',
    email: 'new@larkfield.example',
    name: 'New colleague',
    role: 'responder',
    roles: ['responder'],
    invited_at: sampledAt,
    joined_at: null,
    disabled_at: null,
    version: 1,
    invitation_url: 'https://larkfield.example/invitation?token=x',
  };
  const sent = serve({ ...answers, 'POST /users': invited });
  draw(
    <Keyed>
      <PeopleList />
    </Keyed>,
    '/settings/people?person=new',
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('E-mail'), 'new@larkfield.example');
  await userEvent.click(dialog.getByRole('button', { name: /Make the link/ }));
  expect(await screen.findByText(invited.invitation_url)).toBeInTheDocument();
  expect(sent.find(({ call }) => call === 'POST /users')?.body).toEqual({
    email: 'new@larkfield.example',
    role: 'responder',
  });
});

it('adds a webhook with the facts it asked for, and shows its secret once', async () => {
  const made = {
    id: 'w',
    kind: 'webhook',
    name: 'hooks.example',
    address: 'hooks.example',
    tiers: [1, 2, 3],
    receives: [],
    events: [],
    from_environment: false,
    failing_since: null,
    disabled_at: null,
    version: 1,
    created_at: sampledAt,
    updated_at: sampledAt,
    secret: 'whsec_x',
  };
  const sent = serve({ ...answers, 'POST /channels': made });
  draw(
    <Keyed>
      <ChannelList for="programs" />
    </Keyed>,
    '/settings/webhooks?channel=new',
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Address of the webhook'), 'https://hooks.example');
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Incident closed' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('whsec_x')).toBeInTheDocument();
  expect(sent.find(({ call }) => call === 'POST /channels')?.body).toMatchObject({
    kind: 'webhook',
    url: 'https://hooks.example',
    events: expect.arrayContaining(['incident.closed', 'incident.update_published']),
  });
});

it('changes a password with the one that holds now, and says where that leads', async () => {
  const refused = problem(401, 'Wrong e-mail or password.');
  serve({ ...answers, 'POST /auth/password': refused });
  const first = draw(
    <Keyed>
      <Account />
    </Keyed>,
    '/settings/account',
  );
  await userEvent.type(await screen.findByLabelText('Your password now'), 'wrong');
  await userEvent.type(screen.getByLabelText('New password'), 'larks sing early{Enter}');
  expect(await screen.findByText('This is not your password.')).toBeInTheDocument();
  expect(await complaints(first.container)).toEqual([]);
  const sent = serve({ ...answers, 'POST /auth/password': new Response(null, { status: 204 }) });
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  expect(await screen.findByText(/logged out everywhere else/)).toBeInTheDocument();
  expect(screen.getByLabelText('New password')).toHaveValue('');
  expect(sent[0]?.body).toEqual({ current_password: 'wrong', new_password: 'larks sing early' });
});
