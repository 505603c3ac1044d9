import type { CatalogueEntry, Category, VendorComponent } from '@/lib/api';
import { categoryWords } from '@/lib/words';

export interface Shelf {
  category: Category;
  entries: readonly CatalogueEntry[];
}

const textOf = ({ name, id, url }: CatalogueEntry) => `${name} ${id} ${url ?? ''}`.toLowerCase();

/** The entry that Enter adds: one that is called so, or begins so, before one that only mentions it. */
export function bestOf(
  entries: readonly CatalogueEntry[],
  typed: string,
): CatalogueEntry | undefined {
  const sought = typed.trim().toLowerCase();
  if (!sought) return undefined;
  return (
    entries.find(({ name }) => name.toLowerCase() === sought) ??
    entries.find(({ name }) => name.toLowerCase().startsWith(sought)) ??
    entries[0]
  );
}

/** The entries in which every typed word is found, by name. */
export function matching(
  entries: readonly CatalogueEntry[],
  typed: string,
): readonly CatalogueEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter((entry) => words.every((word) => textOf(entry).includes(word)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** By category; the one with the best match first, so that it is in sight. */
export function shelves(entries: readonly CatalogueEntry[], best?: CatalogueEntry): Shelf[] {
  return (Object.keys(categoryWords) as Category[])
    .map((category) => ({
      category,
      entries: entries.filter((entry) => entry.category === category),
    }))
    .filter((shelf) => shelf.entries.length > 0)
    .toSorted(
      (a, b) => Number(b.category === best?.category) - Number(a.category === best?.category),
    );
}

export interface ComponentGroup {
  name: string | null;
  components: readonly VendorComponent[];
}

/** A page's components below the names of their groups, in the page's order; loose ones first. */
export function grouped(components: readonly VendorComponent[], sought: string): ComponentGroup[] {
  const word = sought.trim().toLowerCase();
  const found = new Map<string | null, VendorComponent[]>([[null, []]]);
  for (const component of components) {
    if (!`${component.group ?? ''} ${component.name}`.toLowerCase().includes(word)) continue;
    const group = found.get(component.group) ?? [];
    found.set(component.group, [...group, component]);
  }
  return [...found]
    .map(([name, parts]) => ({ name, components: parts }))
    .filter((group) => group.components.length > 0);
}
