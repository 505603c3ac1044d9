import type { PageComponent } from '@/lib/api';

/** Components under one heading; a name of null is the group without a heading. */
export interface Group {
  name: string | null;
  components: PageComponent[];
}

/** What to write so that a component stands elsewhere. */
export interface Placed {
  id: string;
  position: number;
}

/** The components in groups, each group where its first component stands. */
export function groupsOf(components: readonly PageComponent[]): Group[] {
  const groups: Group[] = [];
  for (const component of components.toSorted((a, b) => a.position - b.position)) {
    const known = groups.find(({ name }) => name === component.group);
    if (known) known.components.push(component);
    else groups.push({ name: component.group, components: [component] });
  }
  return groups;
}

/** The names of the groups that have one, in order. */
export function groupNames(components: readonly PageComponent[]): string[] {
  return groupsOf(components).flatMap(({ name }) => (name === null ? [] : [name]));
}

function renumbered(groups: readonly Group[]): Placed[] {
  return groups
    .flatMap(({ components }) => components)
    .map(({ id, position }, index) => ({ id, position: index, was: position }))
    .filter(({ position, was }) => position !== was)
    .map(({ id, position }) => ({ id, position }));
}

function swapped<T>(items: readonly T[], from: number, to: number): T[] | null {
  const [one, other] = [items[from], items[to]];
  if (one === undefined || other === undefined) return null;
  return items.map((item, index) => (index === from ? other : index === to ? one : item));
}

/** Moves a component one place up (−1) or down (+1) in its group; nothing to write at the end. */
export function moved(components: readonly PageComponent[], id: string, by: -1 | 1): Placed[] {
  const groups = groupsOf(components);
  const group = groups.find((each) => each.components.some((one) => one.id === id));
  if (!group) return [];
  const at = group.components.findIndex((one) => one.id === id);
  const order = swapped(group.components, at, at + by);
  if (!order) return [];
  return renumbered(
    groups.map((each) => (each === group ? { ...group, components: order } : each)),
  );
}

/** Moves a whole group one place up or down among the groups. */
export function movedGroup(
  components: readonly PageComponent[],
  name: string | null,
  by: -1 | 1,
): Placed[] {
  const groups = groupsOf(components);
  const at = groups.findIndex((group) => group.name === name);
  const order = swapped(groups, at, at + by);
  return order ? renumbered(order) : [];
}
