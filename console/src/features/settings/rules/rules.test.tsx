import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Toasts } from '@/components/Toasts';
import { complaints, draw, serve } from '@/lib/testing/harness';
import { member } from '@/lib/testing/samples';
import { OpeningRule } from '..';
import { ruleSentence } from './words';

const none = { major_outage: null, partial_outage: null, degraded: null };
const tiers = {
  tier_1: { ...none, major_outage: 'critical' as const },
  tier_2: none,
  tier_3: none,
};
const rule = { tiers, rules: [], version: 3, updated_at: null };
const admin = { ...member, permissions: ['settings.read', 'settings.write'] };

it('says in one sentence what opens an incident', () => {
  expect(ruleSentence(tiers)).toBe('Only a major outage of tier 1 opens an incident by itself.');
  expect(ruleSentence({ ...tiers, tier_1: none })).toBe(
    'No trouble opens an incident by itself; people open them.',
  );
  expect(ruleSentence({ ...tiers, tier_2: tiers.tier_1 })).toBe(
    '2 of 9 kinds of trouble open an incident by themselves.',
  );
});

it('changes a cell and saves the whole table', async () => {
  const later = { ...tiers, tier_2: { ...none, major_outage: 'high' } };
  const sent = serve({
    'GET /auth/me': admin,
    'GET /settings/opening-rule': rule,
    'PUT /settings/opening-rule': { tiers: later, rules: [], version: 4, updated_at: null },
  });
  const { container } = draw(
    <main>
      <OpeningRule />
      <Toasts />
    </main>,
  );
  const cell = await screen.findByRole('combobox', { name: 'Major outage of tier 2' });
  expect(await screen.findByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.selectOptions(cell, 'high');
  expect(await complaints(container)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Opening rule changed');
  const put = sent.find(({ call }) => call.startsWith('PUT'));
  expect(put?.body).toEqual({ tiers: later, rules: [] });
});

it('shows viewers the rule without letting them change it', async () => {
  serve({
    'GET /auth/me': { ...member, permissions: ['settings.read'] },
    'GET /settings/opening-rule': rule,
  });
  draw(<OpeningRule />);
  expect(await screen.findByRole('combobox', { name: 'Major outage of tier 1' })).toBeDisabled();
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  expect(screen.getByText(/You may look but not change this/)).toBeInTheDocument();
});

const first = {
  status_at_least: 'partial_outage',
  severity: 'high',
  tiers: [1],
  min_dependents: null,
  categories: [],
};
const second = {
  status_at_least: 'degraded',
  severity: null,
  tiers: [],
  min_dependents: 3,
  categories: ['hr'],
};

it('puts rules before the table: adds, orders and deletes them', async () => {
  const sent = serve({
    'GET /auth/me': admin,
    'GET /settings/opening-rule': { ...rule, rules: [first, second] },
    'PUT /settings/opening-rule': (body: object) => ({ ...rule, ...body, version: 4 }),
  });
  const { container } = draw(
    <main>
      <OpeningRule />
    </main>,
  );
  await screen.findByRole('heading', { name: '2 rules decide first, then the table.' });
  expect(await complaints(container)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete rule 2' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
  const added = screen.getByRole('group', { name: 'Rule 2' });
  await userEvent.click(within(added).getByLabelText('Tier 1'));
  await userEvent.type(within(added).getByLabelText('Dependents'), '12');
  await userEvent.selectOptions(within(added).getByLabelText('Severity'), 'Opens none');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent.at(-1)?.call).toMatch(/^PUT/));
  expect(sent.at(-1)?.body).toEqual({
    tiers,
    rules: [
      second,
      {
        status_at_least: 'major_outage',
        severity: null,
        tiers: [1],
        min_dependents: 12,
        categories: [],
      },
    ],
  });
});
