import type { Category, Service, StatusEvent } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { categoryWords, type State, stateWords, statusOrder } from '@/lib/words';

/** The order of cards and of the proportion bar. */
export const stateOrder: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded',
  'poller_broken',
  'unknown',
  'maintenance',
  'operational',
];

export interface Group {
  category: Category;
  name: string;
  services: Service[];
  /** How many more the shelf holds than are shown. */
  folded: number;
}

export interface Layout {
  /** Cards for trouble, worst first, the longest standing first among equals. */
  troubled: Service[];
  /** Dashed cards for services whose feed cannot be read. */
  blind: Service[];
  /** All the rest by category, in the order of the words list. */
  groups: Group[];
  counts: { state: State; count: number; word?: string }[];
}

const loud: readonly State[] = ['major_outage', 'partial_outage', 'degraded'];

function worstFirst(a: Service, b: Service): number {
  return (
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    a.tier - b.tier ||
    (a.status_since ?? '').localeCompare(b.status_since ?? '')
  );
}

/** Sorts services into the parts of the board. */
export function layOut(services: readonly Service[]): Layout {
  const seen = services.map((service) => ({ service, state: stateOf(service) }));
  const pick = (states: readonly State[]) =>
    seen.filter(({ state }) => states.includes(state)).map(({ service }) => service);
  const calm = pick(['unknown', 'maintenance', 'operational']);
  const categories = Object.keys(categoryWords) as Category[];
  return {
    troubled: pick(loud).sort(worstFirst),
    blind: pick(['poller_broken']).sort((a, b) => a.tier - b.tier || a.name.localeCompare(b.name)),
    groups: categories
      .map((category) => ({
        category,
        name: categoryWords[category],
        services: calm.filter((service) => service.category === category),
        folded: 0,
      }))
      .filter((group) => group.services.length > 0),
    counts: stateOrder.map((state) => ({
      state,
      count: seen.filter((each) => each.state === state).length,
      ...(state === 'maintenance' && { word: 'in maintenance' }),
    })),
  };
}

/** From this many calm services on, a shelf shows its first few and folds the rest away. */
const many = 150;
const few = 15;

/** Calm is small: on a large board each shelf that was not opened shows its first few. */
export function fold(groups: readonly Group[], opened: ReadonlySet<Category>): readonly Group[] {
  if (groups.reduce((sum, { services }) => sum + services.length, 0) <= many) return groups;
  return groups.map((group) =>
    opened.has(group.category)
      ? group
      : {
          ...group,
          services: group.services.slice(0, few),
          folded: Math.max(0, group.services.length - few),
        },
  );
}

/** Where a service's state comes from, in two words. */
export function noticedBy({ set_by_hand, source, poller_health }: Service): string | null {
  if (set_by_hand || poller_health === 'manual') return 'set by hand';
  if (!source) return null;
  return source.kind === 'http' ? 'own check' : 'vendor feed';
}

/** What a broken poller knew last: "Last known: operational." */
export function lastKnown({ last_good_status }: Service): string {
  if (last_good_status === null) return 'It has never answered.';
  return `Last known: ${stateWords[last_good_status].toLowerCase()}.`;
}

/** A status change as one line: "Wallets became degraded", "Meetlark video recovered". */
export function changeWords({ service_name, before, after }: StatusEvent): string {
  const wasTrouble = before !== 'operational' && before !== 'unknown';
  if (after === 'operational')
    return wasTrouble ? `${service_name} recovered` : `${service_name} works`;
  if (after === 'unknown') return `${service_name} feed went silent`;
  if (after === 'degraded') return `${service_name} became degraded`;
  return `${service_name}: ${stateWords[after].toLowerCase()}`;
}
