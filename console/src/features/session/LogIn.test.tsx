import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { complaints, draw, problem, serve } from '@/lib/testing/harness';
import { member } from '@/lib/testing/samples';
import { LogIn } from '.';

async function fillIn() {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('E-mail'), 'db@larkfield.example');
  await user.type(screen.getByLabelText('Password'), 'larks sing early{Enter}');
}

it('logs in with the Enter key', async () => {
  const done = vi.fn();
  const sent = serve({ 'POST /auth/login': member });
  draw(<LogIn tenant="Larkfield Pay" onDone={done} />);
  await fillIn();
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent[0]?.body).toEqual({ email: 'db@larkfield.example', password: 'larks sing early' });
});

it('says what the server said, and stays', async () => {
  const done = vi.fn();
  serve({ 'POST /auth/login': problem(401, 'Wrong e-mail or password.') });
  const { container } = draw(<LogIn tenant="Larkfield Pay" onDone={done} />);
  await fillIn();
  expect(await screen.findByRole('alert')).toHaveTextContent('Wrong e-mail or password.');
  expect(done).not.toHaveBeenCalled();
  expect(await complaints(container)).toEqual([]);
});
