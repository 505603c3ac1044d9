import { isComponent } from './components';
import type { Graph } from './model';

/** The size of the boxes, and what lies between them. */
export interface Box {
  width: number;
  height: number;
  gapX: number;
  gapY: number;
}

const height = 52;
const across = {
  box: { least: 124, usual: 178, most: 190 },
  gap: { least: 26, usual: 44, most: 96 },
};
const down = { least: 14, most: 44, wished: 480 };

/** Boxes as wide as so many columns leave room for; names get shorter before anything scrolls. */
function boxFor(columns: number, rows: number, room: number | undefined): Box {
  const gapY = Math.min(down.most, Math.max(down.least, Math.floor(down.wished / rows) - height));
  const { box, gap } = across;
  if (room === undefined) return { width: box.usual, height, gapX: gap.usual, gapY };
  const between = Math.max(1, columns - 1);
  const fits = Math.floor((room - gap.least * between) / columns);
  const width = Math.min(box.most, Math.max(box.least, fits));
  const rest = Math.floor((room - width * columns) / between);
  return { width, height, gapX: Math.min(gap.most, Math.max(gap.least, rest)), gapY };
}

export interface Column {
  head: string | null;
  x: number;
}

export interface Placed {
  id: string;
  column: number;
  row: number;
  x: number;
  y: number;
}

export interface Placing {
  columns: Column[];
  nodes: Map<string, Placed>;
  /** Services without any link, in no column. */
  alone: string[];
  box: Box;
  width: number;
  height: number;
}

const heads = {
  bought: 'We buy',
  under: 'We run underneath',
  top: 'We run on top',
  seen: 'Customers see',
};
const own = new Set(['http', 'tcp', 'tls', 'dns', 'ping', 'heartbeat', 'manual', 'metric']);

type Layer = keyof typeof heads;

/** Bought, underneath or on top. Strangers are not told the source: there, what needs nothing is bought. */
function layerOf(graph: Graph, id: string): Layer {
  if (isComponent(id)) return 'seen';
  const node = graph.get(id);
  const kind = (node?.service.source as { kind?: string } | null | undefined)?.kind;
  const bought = kind === undefined ? node?.needs.length === 0 : !own.has(kind);
  if (bought) return 'bought';
  return node?.neededBy.some((each) => !isComponent(each)) ? 'under' : 'top';
}

/** How deep each service stands among those underneath; a link that closes a circle does not count. */
function depths(graph: Graph, members: ReadonlySet<string>): Map<string, number> {
  const known = new Map<string, number>();
  const open = new Set<string>();
  function depth(id: string): number {
    const before = known.get(id);
    if (before !== undefined) return before;
    open.add(id);
    const below = (graph.get(id)?.needs ?? []).filter(
      (each) => members.has(each) && !open.has(each),
    );
    const found = below.length ? Math.max(...below.map(depth)) + 1 : 0;
    open.delete(id);
    known.set(id, found);
    return found;
  }
  for (const id of members) depth(id);
  return known;
}

/**
 * Puts services into columns, what is needed left of what needs it, and neighbours at one height.
 * `room` is the width to fit into, in pixels, where it is known.
 */
export function place(graph: Graph, room?: number): Placing {
  const linked = [...graph].filter(([, { needs, neededBy }]) => needs.length + neededBy.length > 0);
  const layers: Record<Layer, string[]> = { bought: [], under: [], top: [], seen: [] };
  for (const [id] of linked) layers[layerOf(graph, id)].push(id);
  const deep = depths(graph, new Set(layers.under));
  const middle: string[][] = [];
  for (const id of layers.under) {
    const at = deep.get(id) ?? 0;
    middle[at] = [...(middle[at] ?? []), id];
  }
  const filled = [
    { head: heads.bought, ids: layers.bought },
    ...middle.map((ids, n) => ({ head: n === 0 ? heads.under : null, ids })),
    { head: heads.top, ids: layers.top },
    { head: heads.seen, ids: layers.seen },
  ].filter(({ ids }) => ids.length > 0);
  const columns = filled.map(({ ids }) => ids);
  untangle(graph, columns);
  const rows = Math.max(1, ...columns.map(({ length }) => length));
  const box = boxFor(Math.max(1, columns.length), rows, room);
  const nodes = heights(graph, columns, rows, box);
  const pitch = box.width + box.gapX;
  return {
    columns: filled.map(({ head }, n) => ({ head, x: n * pitch })),
    nodes,
    alone: [...graph.keys()].filter((id) => !nodes.has(id)),
    box,
    width: Math.max(0, columns.length * pitch - box.gapX),
    height: Math.max(0, ...[...nodes.values()].map(({ y }) => y + box.height)),
  };
}

const rounds = 4;

/** Orders every column by where its neighbours stand, to and fro, so that few lines cross. */
function untangle(graph: Graph, columns: string[][]): void {
  const rank = new Map<string, number>();
  const note = (ids: readonly string[]) =>
    ids.forEach((id, n) => {
      rank.set(id, (n + 0.5) / ids.length);
    });
  columns.forEach(note);
  const middle = (id: string) => {
    const node = graph.get(id);
    const near = [...(node?.needs ?? []), ...(node?.neededBy ?? [])].flatMap(
      (each) => rank.get(each) ?? [],
    );
    return near.length ? near.reduce((sum, each) => sum + each, 0) / near.length : 0.5;
  };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? columns.toReversed() : columns;
    for (const ids of order) {
      const wished = new Map(ids.map((id) => [id, middle(id)]));
      ids.sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0));
      note(ids);
    }
  }
}

/** Rows one below the other; shorter columns are spread over the height of the longest. */
function heights(
  graph: Graph,
  columns: readonly string[][],
  rows: number,
  box: Box,
): Map<string, Placed> {
  const pitch = box.height + box.gapY;
  const tallest = rows * pitch;
  const nodes = new Map<string, Placed>();
  columns.forEach((ids, column) => {
    const room = Math.min(tallest / ids.length, pitch * 2.5);
    const start = (tallest - room * ids.length) / 2;
    ids.forEach((id, row) => {
      const y = Math.round(start + room * row + (room - pitch) / 2);
      if (graph.has(id)) nodes.set(id, { id, column, row, x: column * (box.width + box.gapX), y });
    });
  });
  return nodes;
}

/**
 * The line from the right edge of one box to the left edge of another; between columns it takes the
 * gaps between boxes, so that it never seems to end at one; within a column it goes round.
 */
export function curve(from: Placed, to: Placed, nodes: Iterable<Placed>, box: Box): string {
  const y1 = from.y + box.height / 2;
  const y2 = to.y + box.height / 2;
  const x1 = from.x + box.width;
  if (to.x <= from.x) {
    const x2 = to.x + box.width;
    const out = Math.max(x1, x2) + Math.min(40, box.gapX);
    return `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`;
  }
  let at = { x: x1, y: y1 };
  let drawn = `M${x1} ${y1}`;
  const all = to.column - from.column > 1 ? [...nodes] : [];
  for (let column = from.column + 1; column < to.column; column += 1) {
    const ys = all.filter((each) => each.column === column).map(({ y }) => y);
    const share = (column - from.column) / (to.column - from.column);
    const x = column * (box.width + box.gapX);
    const y = nearestGap(ys, y1 + (y2 - y1) * share, box);
    drawn += `${bend(at, { x, y })}H${x + box.width}`;
    at = { x: x + box.width, y };
  }
  return drawn + bend(at, { x: to.x, y: y2 });
}

function bend(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const pull = (to.x - from.x) / 2;
  return `C${from.x + pull} ${from.y} ${to.x - pull} ${to.y} ${to.x} ${to.y}`;
}

/** The height nearest to the wished one at which a column has no box. */
function nearestGap(ys: readonly number[], wished: number, box: Box): number {
  const below = box.height + box.gapY / 2;
  const gaps = ys.flatMap((y) => [y - box.gapY / 2, y + below]);
  const free = (at: number) => ys.every((y) => at < y || at > y + box.height);
  const open = [wished, ...gaps].filter(free);
  return open.reduce(
    (best, at) => (Math.abs(at - wished) < Math.abs(best - wished) ? at : best),
    open[0] ?? wished,
  );
}
