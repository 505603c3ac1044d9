import { isBrief, type Service, type Summary } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { count, listed, statusOrder } from '@/lib/words';

type Incidents = Summary['incidents'];

const trouble = ['major_outage', 'partial_outage', 'degraded'];

const predicates: Record<string, (many: boolean) => string> = {
  major_outage: (many) => (many ? 'are down' : 'is down'),
  partial_outage: (many) => (many ? 'are partly down' : 'is partly down'),
  degraded: (many) => (many ? 'are slow or flawed' : 'is slow or flawed'),
};

const full = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What customers have been told, newest trouble first; null while nothing is public. */
function told(incidents: Incidents): string | null {
  const titles = incidents.flatMap((one) => {
    if (!isBrief(one)) return one.title;
    return one.public ? (one.public_title ?? one.title) : [];
  });
  const [first] = titles;
  if (first === undefined) return null;
  const more = titles.length - 1;
  return more
    ? `${full(first)} ${count(more, 'other incident is', 'other incidents are')} public.`
    : full(first);
}

function named(services: readonly Service[]): string {
  const ranked = services.toSorted(
    (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
  );
  const worst = ranked[0]?.status ?? 'unknown';
  const same = ranked.filter(({ status }) => status === worst).map(({ name }) => name);
  const names = same.length > 3 ? [...same.slice(0, 2), `${same.length - 2} others`] : same;
  return `${listed(names)} ${predicates[worst]?.(same.length > 1)}`;
}

/** Does it hurt customers? What they were told comes first, then what tier 1 says. */
export function executiveSentence(services: readonly Service[], incidents: Incidents): string {
  const public_ = told(incidents);
  if (public_) return public_;
  if (services.length === 0) return 'Nothing is watched yet.';
  const troubled = services.filter(({ status, poller_health }) => {
    return trouble.includes(status) && poller_health !== 'broken';
  });
  const first = troubled.filter(({ tier }) => tier === 1);
  if (first.length) return `Customers may feel it: ${named(first)}.`;
  const blind = services.filter((each) => stateOf(each) === 'poller_broken').length;
  const unknown = services.filter((each) => stateOf(each) === 'unknown').length;
  if (troubled.length) {
    const lesser = count(troubled.length, 'lesser service has', 'lesser services have');
    return blind + unknown
      ? `Customers should feel nothing of what can be seen; ${lesser} problems, ${blind + unknown} cannot be seen.`
      : `Customers should feel nothing; ${lesser} problems.`;
  }
  if (blind + unknown === services.length) return 'Nothing is known yet.';
  if (blind + unknown) {
    return `Nothing that can be seen hurts customers; ${count(blind + unknown, 'service')} cannot be seen.`;
  }
  return 'Nothing hurts customers.';
}

/** Two sentences more: what is hit in words, and who works on it. */
export function executiveWords(services: readonly Service[], incidents: Incidents): string | null {
  const impacts = services
    .filter(({ status, tier }) => trouble.includes(status) && tier === 1)
    .flatMap(({ name, impact_statement }) =>
      impact_statement ? `${name}: ${impact_statement}` : [],
    )
    .slice(0, 2)
    .map(full);
  const lead = incidents.find(isBrief);
  const owner = lead?.assigned_to ? `${lead.assigned_to.label} works on ${lead.id}.` : null;
  const words = [...impacts, ...(owner ? [owner] : [])].join(' ');
  return words || null;
}
