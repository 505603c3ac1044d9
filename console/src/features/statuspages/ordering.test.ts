import { describe, expect, it } from 'vitest';
import type { PageComponent } from '@/lib/api';
import { groupNames, groupsOf, moved, movedGroup } from './ordering';

const at = (position: number, id: string, group: string | null): PageComponent => ({
  id,
  public_id: id,
  service_id: id,
  name: null,
  group,
  position,
  follows: 'service',
});

const page = [
  at(0, 'cards', 'Payments'),
  at(1, 'dashboard', 'Tools'),
  at(2, 'checkout', 'Payments'),
  at(3, 'help', null),
];

describe('the components of a page', () => {
  it('stand in groups, each where its first component stands', () => {
    expect(
      groupsOf(page).map(({ name, components }) => [name, ...components.map((c) => c.id)]),
    ).toEqual([
      ['Payments', 'cards', 'checkout'],
      ['Tools', 'dashboard'],
      [null, 'help'],
    ]);
    expect(groupNames(page)).toEqual(['Payments', 'Tools']);
  });

  it('move within their group, and only what changes is written', () => {
    expect(moved(page, 'checkout', -1)).toEqual([
      { id: 'checkout', position: 0 },
      { id: 'cards', position: 1 },
      { id: 'dashboard', position: 2 },
    ]);
  });

  it('stay where they are at the end of their group', () => {
    expect(moved(page, 'cards', -1)).toEqual([]);
    expect(moved(page, 'help', 1)).toEqual([]);
    expect(moved(page, 'unknown', 1)).toEqual([]);
  });

  it('move with their whole group', () => {
    expect(movedGroup(page, 'Tools', -1)).toEqual([
      { id: 'dashboard', position: 0 },
      { id: 'cards', position: 1 },
    ]);
    expect(movedGroup(page, 'Payments', -1)).toEqual([]);
  });
});
