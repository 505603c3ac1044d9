import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { incident, member, service, stranger } from '@/lib/testing/samples';
import { KeySheet } from './KeySheet';
import { show, useOverlay } from './overlays';
import { Palette } from './palette/Palette';
import { Rail } from './Rail';
import { TopBar } from './TopBar';
import { useGlobalKeys } from './useGlobalKeys';

const answers = {
  'GET /auth/me': member,
  'GET /services': { items: [service('Card processor'), service('Git')], counts: {} },
  'GET /summary': {
    status: 'operational',
    sentence: '',
    counts: {},
    open_incidents: 1,
    incidents: [incident(1)],
  },
  'GET /incidents': {
    items: [incident(241, { title: 'Some card payments fail' })],
    next_cursor: null,
  },
};

function Small() {
  const overlay = useOverlay();
  useKeyboard();
  useGlobalKeys();
  return (
    <main>
      <TopBar title="Board" />
      <Palette opened={overlay === 'palette'} />
      <KeySheet opened={overlay === 'keys'} />
    </main>
  );
}

beforeEach(() => show(null));

it('the palette offers records first, then actions, and opens with Enter', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { router } = draw(<Small />);
  await screen.findByRole('link', { name: /New incident/ });
  await user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox');
  await user.type(field, 'card');
  await screen.findByRole('option', { name: /Some card payments fail/ });
  const options = screen.getAllByRole('option').map((option) => option.textContent);
  expect(options[0]).toContain('Some card payments fail');
  expect(options[1]).toContain('Card processor');
  expect(options[2]).toContain('New incident titled “card”');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(router.state.location.pathname).toBe('/services/card-processor');
});

it('the palette jumps to a reference and keeps to actions after ">"', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { router } = draw(<Small />);
  await screen.findByRole('link', { name: /New incident/ });
  show('palette');
  const field = await screen.findByRole('combobox');
  await user.type(field, '>go');
  expect(screen.getByRole('option', { name: /Go to board/ })).toBeInTheDocument();
  await user.clear(field);
  await user.type(field, 'inc77{Enter}');
  expect(router.state.location.pathname).toBe('/incidents/INC0000077');
});

it('the key sheet lists what works here, and G B goes to the board', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { router } = draw(<Small />, '/elsewhere');
  await screen.findByRole('link', { name: /New incident/ });
  await user.keyboard('?');
  const sheet = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(sheet).getByText('New incident')).toBeInTheDocument();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await user.keyboard('gb');
  expect(router.state.location.pathname).toBe('/board');
});

it('the rail shows a stranger the board only, and a member how much is open', async () => {
  serve({ ...answers, 'GET /auth/me': stranger });
  const rail = draw(<Rail narrow={false} overlay={false} />);
  await screen.findByText('Larkfield Pay');
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Board']);
  rail.unmount();
  serve(answers);
  const { container } = draw(<Rail narrow={false} overlay={false} />);
  await screen.findByText('1');
  expect(screen.getByRole('link', { name: /^Incidents/ })).toHaveTextContent('Incidents1 open');
  expect(await complaints(container)).toEqual([]);
});

it('a stranger is offered the log-in and comes back to the same place', async () => {
  vi.stubGlobal('scrollTo', () => {});
  serve({ ...answers, 'GET /auth/me': stranger });
  draw(<TopBar title="Board" />, '/services/git');
  expect(await screen.findByRole('link', { name: 'Log in' })).toHaveAttribute(
    'href',
    '/login?next=%2Fservices%2Fgit',
  );
});
