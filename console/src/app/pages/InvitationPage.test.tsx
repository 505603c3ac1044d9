import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Invitation } from '@/lib/api';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member, stranger } from '@/lib/testing/samples';
import { Component as InvitationPage } from './InvitationPage';

const invitation: Invitation = {
  email: 'kim@larkfield.example',
  name: 'kim',
  tenant: 'Larkfield Pay',
  roles: ['responder'],
  invited_by: 'Support desk',
  expires_at: '2026-11-28T09:18:00Z',
  sets_password: true,
  resets: false,
};
const preview = 'POST /auth/invitation/preview';
const accept = 'POST /auth/invitation';

function open(answers: Record<string, unknown>, address = '/invitation?token=t1') {
  const sent = serve({ 'GET /auth/me': stranger, ...answers });
  return { sent, ...draw(<InvitationPage />, address) };
}

function refused(code: string) {
  return Response.json({ title: 'Not found', status: 404, code }, { status: 404 });
}

it('says who invited whom to what, and lets them in once both rules are kept', async () => {
  const { sent, router, container } = open({ [preview]: invitation, [accept]: member });
  expect(await screen.findByRole('heading', { name: 'Join Larkfield Pay' })).toBeInTheDocument();
  expect(screen.getByText(/Support desk invited/)).toHaveTextContent(
    'Support desk invited kim@larkfield.example as Responder.',
  );
  const name = screen.getByLabelText('Your name');
  await userEvent.clear(name);
  await userEvent.type(name, 'Night desk');
  const password = screen.getByLabelText('Choose a password');
  await userEvent.type(password, 'short{Enter}');
  expect(sent.map(({ call }) => call)).not.toContain(accept);
  expect(await complaints(container)).toEqual([]);
  await userEvent.type(password, ' but longer{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/board'));
  expect(sent.find(({ call }) => call === accept)?.body).toEqual({
    token: 't1',
    name: 'Night desk',
    password: 'short but longer',
  });
});

it('asks somebody who has a password here for that one', async () => {
  open({ [preview]: { ...invitation, sets_password: false } });
  expect(await screen.findByLabelText('Your password on this server')).toBeInTheDocument();
  expect(screen.queryByLabelText('Your name')).not.toBeInTheDocument();
  expect(screen.queryByRole('list')).not.toBeInTheDocument();
});

it('lets a member choose a new password', async () => {
  open({ [preview]: { ...invitation, resets: true } });
  expect(await screen.findByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  expect(screen.queryByLabelText('Your name')).not.toBeInTheDocument();
});

it('says in plain words what to do about a link that has run out', async () => {
  open({ [preview]: refused('invitation_expired') });
  expect(await screen.findByText('This link has run out.')).toBeInTheDocument();
  expect(screen.getByText(/Ask whoever sent it for a new one/)).toBeInTheDocument();
});

it.each(['/invitation?token=used', '/invitation'])(
  'says what to do about a link that does not work: %s',
  async (address) => {
    open({ [preview]: refused('invitation_unknown') }, address);
    expect(await screen.findByText('This link does not work.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Log in' })).toHaveAttribute('href', '/login');
  },
);

it('shows what the server says of the password at its field', async () => {
  const wrong = problem(422, 'Invalid', [{ field: 'password', message: 'is too easy to guess' }]);
  open({ [preview]: invitation, [accept]: wrong });
  await userEvent.type(await screen.findByLabelText('Choose a password'), 'passw0rd1{Enter}');
  expect(await screen.findByText('Is too easy to guess.')).toBeInTheDocument();
});
