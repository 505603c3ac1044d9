import type { Category, Service } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { categoryWords, type State } from '@/lib/words';
import { stateOrder } from './layout';

/** What the board shows, as its address says it; empty lists let everything through. */
export interface BoardFilters {
  /** Words that must all be in the name, the short name, the shelf or the owner. */
  q: string;
  category: Category[];
  tier: Tier[];
  state: State[];
}

export type Tier = '1' | '2' | '3';

export const categories = Object.keys(categoryWords) as Category[];
export const tiers: readonly Tier[] = ['1', '2', '3'];

export const noFilters: BoardFilters = { q: '', category: [], tier: [], state: [] };

function known<T extends string>(text: string | null, values: readonly T[]): T[] {
  const said = text?.split(',') ?? [];
  return values.filter((value) => said.includes(value));
}

/** Reads an address; what it does not know is left out. */
export function filtersFrom(search: URLSearchParams): BoardFilters {
  return {
    q: search.get('q')?.trim() ?? '',
    category: known(search.get('category'), categories),
    tier: known(search.get('tier'), tiers),
    state: known(search.get('state'), stateOrder),
  };
}

/** The address with these filters; what else it says stays. */
export function withFilters(search: URLSearchParams, filters: BoardFilters): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(filters)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text) next.set(name, text);
    else next.delete(name);
  }
  return next.toString().replaceAll('%2C', ',');
}

export function isFiltered({ q, category, tier, state }: BoardFilters): boolean {
  return q !== '' || category.length + tier.length + state.length > 0;
}

/** The services that pass every filter, in their order. */
export function passing(services: readonly Service[], filters: BoardFilters): readonly Service[] {
  if (!isFiltered(filters)) return services;
  const { category, tier, state } = filters;
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
  const lets = <T>(chosen: readonly T[], value: T) => !chosen.length || chosen.includes(value);
  return services.filter((service) => {
    if (!lets(category, service.category)) return false;
    if (!lets(tier, String(service.tier) as Tier) || !lets(state, stateOf(service))) return false;
    const text = textOf(service);
    return words.every((word) => text.includes(word));
  });
}

function textOf({ name, id, category, owner_team }: Service): string {
  return `${name} ${id} ${categoryWords[category]} ${owner_team ?? ''}`.toLowerCase();
}
