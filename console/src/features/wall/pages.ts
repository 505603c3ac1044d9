import type { Service } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { type State, stateWords } from '@/lib/words';

/** From worst to calmest; blindness comes after trouble, for nobody knows what it hides. */
export const wallOrder: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded',
  'poller_broken',
  'unknown',
  'maintenance',
  'operational',
];

const rank = (service: Service) => wallOrder.indexOf(stateOf(service));

/** Worst first, the more important first among equals, then by name. */
export function worstFirst(services: readonly Service[]): Service[] {
  return services.toSorted(
    (a, b) => rank(a) - rank(b) || a.tier - b.tier || a.name.localeCompare(b.name),
  );
}

export const isCalm = (service: Service) => stateOf(service) === 'operational';

/**
 * What a page of tiles shows. Trouble fills pages; the calm fill what is left of the last one, and
 * are left out beyond that: their number is said in words.
 */
export function pagesOf(services: readonly Service[], room: number): Service[][] {
  const ranked = worstFirst(services);
  const loud = ranked.filter((service) => !isCalm(service));
  const most = Math.max(1, Math.ceil(loud.length / room)) * room;
  const shown = ranked.slice(0, most);
  const pages: Service[][] = [];
  for (let at = 0; at < shown.length; at += room) pages.push(shown.slice(at, at + room));
  return pages;
}

export interface Room {
  columns: number;
  rows: number;
}

/** How many tiles fit: at least one, in columns and rows of a readable size. */
export function roomFor(width: number, height: number): Room {
  const tile = { width: Math.max(300, width / 5), height: Math.max(128, height / 6) };
  return {
    columns: Math.max(1, Math.floor(width / tile.width)),
    rows: Math.max(1, Math.floor(height / tile.height)),
  };
}

/** A name is about so many times as wide as its letters are tall, a tile so many times as tall. */
const letters = { across: 13, down: 4 };

/** Few services get large tiles: columns and rows that hold them all with the largest letters. */
export function gridFor(services: number, width: number, height: number): Room {
  const most = roomFor(width, height);
  const tiles = Math.min(Math.max(1, services), most.columns * most.rows);
  const choices = Array.from({ length: most.columns }, (_, n) => {
    const columns = n + 1;
    const rows = Math.ceil(tiles / columns);
    const letter = Math.min(width / columns / letters.across, height / rows / letters.down);
    return { columns, rows, letter };
  }).filter(({ rows }) => rows <= most.rows);
  const [best = { ...most, letter: 0 }] = choices.toSorted(
    (a, b) => b.letter - a.letter || a.columns * a.rows - b.columns * b.rows,
  );
  return { columns: best.columns, rows: best.rows };
}

/** The tiles of a page row by row; the first rows hold fewer where it does not come out even. */
export function rowsOf<T>(page: readonly T[], rows: number): T[][] {
  const few = Math.floor(page.length / rows);
  const larger = page.length % rows;
  let at = 0;
  return Array.from({ length: rows }, (_, n) => {
    const length = n < rows - larger ? few : few + 1;
    at += length;
    return page.slice(at - length, at);
  }).filter(({ length }) => length > 0);
}

/** What can be read from five metres: the worst state and how many are in it. */
export function wallSentence(services: readonly Service[]): { state: State; words: string } {
  if (services.length === 0) return { state: 'unknown', words: 'Nothing is watched yet' };
  const ranked = worstFirst(services);
  const worst = ranked[0] as Service;
  const state = stateOf(worst);
  const same = ranked.filter((service) => stateOf(service) === state);
  if (state === 'operational') return { state, words: 'Everything works' };
  if (state === 'maintenance') return { state, words: 'Everything else works' };
  if (same.length === 1)
    return { state, words: `${worst.name}: ${stateWords[state].toLowerCase()}` };
  return { state, words: `${same.length} × ${stateWords[state].toLowerCase()}` };
}
