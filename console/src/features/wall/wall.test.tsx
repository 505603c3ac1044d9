import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { member, service } from '@/lib/testing/samples';
import { Wall } from '.';
import { gridFor, pagesOf, roomFor, rowsOf, wallSentence, worstFirst } from './pages';

const down = service('Ledger', { status: 'major_outage', flapping: true, flap_changes: 7 });
const blind = service('Backup', { poller_health: 'broken', status: 'operational' });
const calm = Array.from({ length: 20 }, (_, n) => service(`Calm ${String(n).padStart(2, '0')}`));

describe('the wall', () => {
  it('shows the worst first and blindness before calm', () => {
    const names = worstFirst([...calm, blind, down]).map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['Ledger', 'Backup', 'Calm 00']);
  });

  it('turns pages only for what is not calm', () => {
    expect(pagesOf([...calm, down], 8).map(({ length }) => length)).toEqual([8]);
    const loud = Array.from({ length: 9 }, (_, n) => service(`Down ${n}`, { status: 'degraded' }));
    expect(pagesOf([...calm, ...loud], 8).map(({ length }) => length)).toEqual([8, 8]);
    expect(pagesOf([], 8)).toEqual([]);
  });

  it('has room for one tile on the smallest screen', () => {
    expect(roomFor(320, 200)).toEqual({ columns: 1, rows: 1 });
    expect(roomFor(1880, 760)).toEqual({ columns: 5, rows: 5 });
  });

  it('fills the screen with few services, and never shows more than are readable', () => {
    expect(gridFor(1, 1880, 760)).toEqual({ columns: 1, rows: 1 });
    expect(gridFor(2, 1880, 760)).toEqual({ columns: 1, rows: 2 });
    expect(gridFor(4, 1880, 760)).toEqual({ columns: 2, rows: 2 });
    expect(gridFor(10, 1400, 700)).toEqual({ columns: 3, rows: 4 });
    expect(gridFor(500, 1880, 760)).toEqual({ columns: 5, rows: 5 });
    expect(gridFor(0, 1880, 760)).toEqual({ columns: 1, rows: 1 });
    for (let services = 1; services < 40; services += 1) {
      const { columns, rows } = gridFor(services, 1880, 760);
      expect(columns * rows).toBeGreaterThanOrEqual(Math.min(services, 25));
    }
  });

  it('leaves no hole in the last row: the worst, which come first, are larger instead', () => {
    expect(rowsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6, 7],
      [8, 9, 10],
    ]);
    expect(rowsOf([1, 2], 1)).toEqual([[1, 2]]);
    expect(rowsOf([], 1)).toEqual([]);
  });

  it('says the worst in few words, and never that a blind board works', () => {
    expect(wallSentence([...calm, down]).words).toBe('Ledger: major outage');
    expect(wallSentence([...calm, blind]).words).toBe('Backup: poller broken');
    expect(wallSentence(calm).words).toBe('Everything works');
    expect(wallSentence([]).words).toBe('Nothing is watched yet');
  });
});

function Keyed() {
  useKeyboard();
  return (
    <main>
      <Wall />
    </main>
  );
}

it('fills the screen, says how fresh it is, and Escape leaves', async () => {
  const user = userEvent.setup();
  serve({
    'GET /auth/me': member,
    'GET /services': { items: [...calm, blind, down], counts: {} },
    'GET /summary': { open_incidents: 2, incidents: [], counts: {}, sentence: '' },
  });
  const { container, router } = draw(<Keyed />, '/wall');
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Ledger: major outage' }),
  ).toBeVisible();
  expect(await screen.findByText('2 incidents open')).toBeInTheDocument();
  expect(screen.getByText(/^Flapping/)).toBeInTheDocument();
  expect(screen.getByText('Connecting')).toBeInTheDocument();
  expect(screen.getByText(/more services work/)).toHaveTextContent('6 more services work.');
  expect(await complaints(container)).toEqual([]);
  await user.keyboard('{Escape}');
  expect(router.state.location.pathname).toBe('/board');
});
