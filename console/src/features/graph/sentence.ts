import { count, listed } from '@/lib/words';
import { isComponent } from './components';
import { causesOf, type Graph, inTrouble, type Node, walk } from './model';

/** Where does it come from? How many causes, and how many others follow. */
export function graphSentence(graph: Graph): string {
  if (graph.size === 0) return 'Nothing is watched yet.';
  const causes = causesOf(graph);
  if (causes.length === 0) {
    const blind = [...graph.values()].filter(
      ({ state }) => state === 'poller_broken' || state === 'unknown',
    ).length;
    return blind
      ? `Nothing that can be seen fails; ${count(blind, 'service')} cannot be seen.`
      : 'Nothing fails, so nothing spreads.';
  }
  const troubled = [...graph].filter(([, node]) => inTrouble(node)).map(([id]) => id);
  const faces = troubled.filter(isComponent).length;
  const seen = faces ? `customers see ${count(faces, 'component')} in trouble` : null;
  // A page shows what is confirmed: it may lag behind a service that has just recovered.
  const own = causes.filter((id) => !isComponent(id));
  const [only] = own;
  if (only === undefined) return `Every service works again, but ${seen}.`;
  const first =
    own.length > 1
      ? `${own.length} services fail, each by itself`
      : `${graph.get(only)?.service.name ?? only} is the cause`;
  const following = troubled.length - faces - own.length;
  const next = following
    ? count(following, 'service follows', 'services follow')
    : 'nothing follows';
  return `${[first, next, ...(seen ? [seen] : [])].join('; ')}.`;
}

/** What a service's trouble reaches, in one sentence. */
export function reachSentence(graph: Graph, id: string): string {
  const node = graph.get(id) as Node;
  const reached = walk(graph, id, 'neededBy').filter((each) => !isComponent(each.id));
  if (isComponent(id)) return 'Customers see this on a status page.';
  if (reached.length === 0) return 'Nothing else here depends on it.';
  const failing = reached.filter((each) => inTrouble(graph.get(each.id) as Node));
  const need = count(reached.length, 'service needs', 'services need');
  if (!inTrouble(node)) return `${need} it.`;
  if (failing.length === 0) return `${need} it; its trouble reaches none of them.`;
  const names = failing.slice(0, 3).map((each) => graph.get(each.id)?.service.name ?? each.id);
  const rest = failing.length - names.length;
  return `${need} it; ${listed(rest ? [...names, count(rest, 'other')] : names)} ${failing.length > 1 ? 'fail' : 'fails'} too.`;
}
