import type { Service, Status } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { count, listed, statusOrder } from '@/lib/words';

export type Watched = Pick<
  Service,
  'id' | 'name' | 'status' | 'maintenance' | 'poller_health' | 'dependencies' | 'checked_at'
>;

type Trouble = 'major_outage' | 'partial_outage' | 'degraded';

const predicates: Record<Trouble, (many: boolean) => string> = {
  major_outage: (many) => (many ? 'are down' : 'is down'),
  partial_outage: (many) => (many ? 'are partly down' : 'is partly down'),
  degraded: (many) => (many ? 'are degraded' : 'is degraded'),
};

const isTrouble = (status: Status): status is Trouble => status in predicates;

/** Names up to three, and counts the rest. */
function few(names: readonly string[], most = 3): string {
  if (names.length <= most) return listed(names);
  return listed([...names.slice(0, most - 1), `${names.length - most + 1} others`]);
}

/** All services that stand on one of `causes`, directly or through others. */
function followersOf(causes: ReadonlySet<string>, troubled: readonly Watched[]): Set<string> {
  const reached = new Set(causes);
  let before = 0;
  while (reached.size > before) {
    before = reached.size;
    for (const { id, dependencies } of troubled) {
      if (dependencies.some((each) => reached.has(each))) reached.add(id);
    }
  }
  return new Set([...reached].filter((id) => !causes.has(id)));
}

function inTrouble(troubled: readonly Watched[]): string {
  const ids = new Set(troubled.map(({ id }) => id));
  const roots = troubled.filter(({ dependencies }) => !dependencies.some((each) => ids.has(each)));
  const ranked = (roots.length ? roots : troubled).toSorted(
    (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
  );
  const worst = ranked[0]?.status as Trouble;
  const causes = ranked.filter(({ status }) => status === worst);
  const following = followersOf(new Set(causes.map(({ id }) => id)), troubled);
  const followers = troubled.filter(({ id }) => following.has(id));
  const first = `${few(causes.map(({ name }) => name))} ${predicates[worst](causes.length > 1)}`;
  if (followers.length) {
    const names = few(followers.map(({ name }) => name));
    return `${first}; ${names} ${followers.length > 1 ? 'follow' : 'follows'}.`;
  }
  const others = troubled.length - causes.length;
  return others ? `${first}; ${count(others, 'other has', 'others have')} problems.` : `${first}.`;
}

function calm(services: readonly Watched[]): string {
  const blind = services.filter((each) => stateOf(each) === 'poller_broken').length;
  const waiting = services.filter(
    ({ checked_at, poller_health }) => checked_at === null && poller_health === 'ok',
  ).length;
  const working = services.filter(({ status }) => status === 'operational').length;
  if (working === 0 && blind) return 'Nothing can be seen: no feed answers.';
  if (waiting === services.length) return 'No data yet. The first checks are running.';
  if (working === 0) return 'Nothing is known: no check has answered.';
  if (blind)
    return `What can be seen works; ${count(blind, 'service', 'services')} cannot be seen.`;
  const unknown = services.filter(({ status }) => status === 'unknown').length;
  if (unknown)
    return `What is known works; ${count(unknown, 'service is', 'services are')} unknown.`;
  const resting = services.filter((each) => stateOf(each) === 'maintenance').length;
  if (resting)
    return `Everything works; ${count(resting, 'service is', 'services are')} in maintenance.`;
  return 'Everything works.';
}

/** The board's first line: the cause, what follows from it, and honesty about what cannot be seen. */
export function boardSentence(services: readonly Watched[]): string {
  if (services.length === 0) return 'Nothing is watched yet.';
  const troubled = services.filter(({ status }) => isTrouble(status));
  return troubled.length ? inTrouble(troubled) : calm(services);
}
