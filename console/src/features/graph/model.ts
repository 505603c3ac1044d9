import type { Service } from '@/lib/api';
import { stateOf } from '@/lib/state';
import type { State } from '@/lib/words';

/** A service as the graph knows it; links run from what is needed to what needs it. */
export interface Node {
  service: Service;
  state: State;
  needs: string[];
  neededBy: string[];
}

export type Graph = ReadonlyMap<string, Node>;

const loud: readonly State[] = ['major_outage', 'partial_outage', 'degraded'];

export const inTrouble = ({ state }: Node) => loud.includes(state);

/** Services and their links; a dependency that is not among them, or on itself, is left out. */
export function graphOf(services: readonly Service[]): Graph {
  const nodes = new Map<string, Node>(
    services.map((service) => [
      service.id,
      { service, state: stateOf(service), needs: [], neededBy: [] },
    ]),
  );
  for (const { id, dependencies } of services) {
    for (const need of new Set(dependencies)) {
      if (need === id || !nodes.has(need)) continue;
      nodes.get(id)?.needs.push(need);
      nodes.get(need)?.neededBy.push(id);
    }
  }
  return nodes;
}

export interface Link {
  from: string;
  to: string;
  /** `lit` carries trouble on, `stopped` starts in trouble that does not reach, `calm` is healthy. */
  kind: 'lit' | 'stopped' | 'calm';
  state: State;
}

export function linksOf(graph: Graph): Link[] {
  return [...graph].flatMap(([to, node]) =>
    node.needs.map((from): Link => {
      const source = graph.get(from) as Node;
      if (!inTrouble(source)) return { from, to, kind: 'calm', state: 'operational' };
      if (!inTrouble(node)) return { from, to, kind: 'stopped', state: source.state };
      return { from, to, kind: 'lit', state: node.state };
    }),
  );
}

/** Services in trouble that need nothing in trouble: where it comes from. In a circle all are. */
export function causesOf(graph: Graph): string[] {
  const troubled = [...graph].filter(([, node]) => inTrouble(node));
  const isRoot = ([, { needs }]: [string, Node]) =>
    !needs.some((id) => inTrouble(graph.get(id) as Node));
  const roots = troubled.filter(isRoot);
  const found = roots.length ? roots : troubled;
  return found
    .toSorted(
      ([, a], [, b]) =>
        loud.indexOf(a.state) - loud.indexOf(b.state) || b.neededBy.length - a.neededBy.length,
    )
    .map(([id]) => id);
}

/** A graph that is larger than this shows only what matters now, until all of it is asked for. */
export const large = 60;

/** What is in trouble, what that stands on and feeds, and all along the path of the chosen service. */
export function partOf(graph: Graph, chosen: string | null): Graph {
  const kept = new Set<string>();
  for (const [id, node] of graph) {
    if (!inTrouble(node)) continue;
    for (const each of [id, ...node.needs, ...node.neededBy]) kept.add(each);
  }
  if (chosen) {
    const ways = ['needs', 'neededBy'] as const;
    for (const { id } of ways.flatMap((way) => walk(graph, chosen, way))) kept.add(id);
    kept.add(chosen);
  }
  const known = (ids: readonly string[]) => ids.filter((id) => kept.has(id));
  return new Map(
    [...graph]
      .filter(([id]) => kept.has(id))
      .map(([id, node]) => [
        id,
        { ...node, needs: known(node.needs), neededBy: known(node.neededBy) },
      ]),
  );
}

export interface Reached {
  id: string;
  /** The name of the neighbour it is reached through; null where it is one itself. */
  through: string | null;
}

/** Everything a walk finds, nearest first, each once; circles end where they began. */
export function walk(graph: Graph, from: string, way: 'needs' | 'neededBy'): Reached[] {
  const seen = new Set([from]);
  const found: Reached[] = [];
  const queue: { id: string; through: string | null }[] = [{ id: from, through: null }];
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const id of graph.get(at.id)?.[way] ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      const through = at.id === from ? null : (graph.get(at.id)?.service.name ?? null);
      found.push({ id, through });
      queue.push({ id, through });
    }
  }
  return found;
}
