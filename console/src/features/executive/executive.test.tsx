import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Sla } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { incident, member, service } from '@/lib/testing/samples';
import { Executive } from '.';
import { keptBy, openByDay, percentWords, promisesInOrder, shelves } from './figures';
import { executiveSentence } from './sentence';

const ledger = service('Ledger', { status: 'major_outage', impact_statement: 'Payments stop' });
const docs = service('Docs', { tier: 3, status: 'degraded', category: 'productivity' });
const hidden = service('Backup', { poller_health: 'broken', category: 'hr' });
const git = service('Git');

function sla(id: string, percent: number | null, tier: 1 | 2 | 3 = 1): Sla {
  const spans = { '24h': percent, '7d': percent, '30d': percent };
  const lost = percent === null ? null : (100 - percent) * 25_920;
  return {
    id,
    name: id,
    tier,
    target_percent: 99.9,
    uptime_percent: spans,
    known_percent: { '24h': 100, '7d': 100, '30d': 100 },
    lost_seconds: { '24h': lost, '7d': lost, '30d': lost },
  };
}

describe('the first line for executives', () => {
  it('says what customers were told', () => {
    const told = incident(1, { public: true, public_title: 'Card payments fail' });
    expect(executiveSentence([ledger], [told])).toBe('Card payments fail.');
  });

  it('says what they may feel while nothing is public', () => {
    expect(executiveSentence([ledger, docs], [])).toBe('Customers may feel it: Ledger is down.');
    expect(executiveSentence([git, docs], [])).toBe(
      'Customers should feel nothing; 1 lesser service has problems.',
    );
  });

  it('never calls calm what cannot be seen', () => {
    expect(executiveSentence([git, hidden], [])).toBe(
      'Nothing that can be seen hurts customers; 1 service cannot be seen.',
    );
    expect(executiveSentence([git, docs, hidden], [])).toBe(
      'Customers should feel nothing of what can be seen; 1 lesser service has problems, 1 cannot be seen.',
    );
    expect(executiveSentence([hidden], [])).toBe('Nothing is known yet.');
    expect(executiveSentence([git], [])).toBe('Nothing hurts customers.');
  });
});

it('shows a shelf by its worst service, blindness after trouble and before calm', () => {
  const found = shelves([git, docs, hidden, ledger], [sla('git', 100), sla('ledger', 99)]);
  expect(found.map(({ name, state, percent }) => [name, state, percent])).toEqual([
    ['Engineering', 'major_outage', 99.5],
    ['Productivity', 'degraded', null],
    ['HR', 'poller_broken', null],
  ]);
});

it('puts broken promises first and unknown ones last', () => {
  const order = promisesInOrder([
    sla('calm', 100),
    sla('dark', null),
    sla('bad', 99),
    sla('near', 99.91),
  ]);
  expect(order.map(({ id }) => id)).toEqual(['bad', 'near', 'calm', 'dark']);
  expect(keptBy(99.9, 99.9)).toBe('close');
});

it('never rounds a loss away', () => {
  expect([100, 99.9999, 99.995, 99.96, 99.009, null].map(percentWords)).toEqual([
    '100 %',
    '99.9999 %',
    '99.9950 %',
    '99.96 %',
    '99.00 %',
    '–',
  ]);
});

it('counts what was open when a day ended', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const over = { opened_at: '2026-11-19T08:00:00Z', resolved_at: '2026-11-20T08:00:00Z' };
  const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
  const counts = openByDay([incident(1, over), incident(2)], days, now);
  expect(counts.map(({ value }) => value)).toEqual([0, 1, 0, 1]);
});

const days = ['2026-11-19', '2026-11-20', '2026-11-21'].map((date, n) => ({
  date,
  uptime_percent: [null, 100, 98.5][n] ?? null,
}));
const answers = {
  'GET /auth/me': member,
  'GET /services': { items: [ledger, git, docs], counts: {} },
  'GET /summary': { open_incidents: 1, incidents: [incident(241)], counts: {}, sentence: '' },
  'GET /services/sla': { items: [sla('ledger', 99.5), sla('git', 100), sla('docs', 100, 3)] },
  'GET /services/sla/history': { items: [{ id: 'ledger', days }] },
  'GET /services/slo': { items: [], alerting: false, check_interval_seconds: 60 },
  'GET /incidents': { items: [incident(241)], next_cursor: null },
};

function Keyed() {
  useKeyboard();
  return (
    <main>
      <Executive />
    </main>
  );
}

it('answers in a sentence, figures, a trend that T turns into a table, and promises', async () => {
  const user = userEvent.setup();
  serve(answers);
  const { container } = draw(<Keyed />);
  const said = { level: 1, name: 'Customers may feel it: Ledger is down.' };
  expect(await screen.findByRole('heading', said)).toBeInTheDocument();
  expect(screen.getByText('Ledger: Payments stop.')).toBeInTheDocument();
  const figures = screen.getByRole('list', { name: 'Figures' });
  expect(await within(figures).findByText('99.75')).toBeInTheDocument();
  expect(within(figures).getByText('1 of 2 promises kept in 30 days')).toBeInTheDocument();
  expect(within(figures).getByText('Nothing is known of the last 30 days')).toBeInTheDocument();
  const trend = 'Availability per day: at worst 98.50 %, below 99.9 % on 1 of 2 days.';
  expect(await screen.findByRole('img', { name: trend })).toBeInTheDocument();
  const promises = screen.getByRole('table', { name: 'Availability against promise' });
  expect(within(promises).getAllByRole('row')[1]).toHaveTextContent(
    'ledgerMissed99.9 %99.50 %3 h 36 min',
  );
  expect(await complaints(container)).toEqual([]);
  await user.keyboard('t');
  expect(screen.getByRole('table', { name: 'Availability per day' })).toBeInTheDocument();
});

it('says that nothing is known instead of drawing calm', async () => {
  const unknown = { items: [sla('ledger', null)] };
  const dark = { items: [{ id: 'ledger', days: [{ date: '2026-11-21', uptime_percent: null }] }] };
  serve({ ...answers, 'GET /services/sla': unknown, 'GET /services/sla/history': dark });
  draw(<Keyed />);
  expect(await screen.findByText(/^No data yet/)).toBeInTheDocument();
  expect(screen.getAllByText('No data').length).toBeGreaterThan(0);
});
