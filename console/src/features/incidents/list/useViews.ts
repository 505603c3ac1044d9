import { useQuery } from '@tanstack/react-query';
import type { View } from '@/components/filters';
import { type IncidentBrief, isBrief, summaryQuery, useSession } from '@/lib/api';
import { addressOfFilters, type Filters } from '../filters';

interface Named {
  name: string;
  filters: Partial<Filters>;
  holds: (incident: IncidentBrief, me: string | null) => boolean;
}

const views: readonly Named[] = [
  { name: 'All open', filters: {}, holds: () => true },
  { name: 'Mine', filters: { assignee: 'me' }, holds: (i, me) => i.assigned_to?.id === me },
  {
    name: 'Nobody yet',
    filters: { assignee: 'nobody' },
    holds: (i) => i.assigned_to === null,
  },
  {
    name: 'Paused',
    filters: { status: ['pending'] },
    holds: (i) => i.status === 'pending',
  },
];

const over: View = { name: 'Over', search: '?status=resolved,closed', current: false };

/** The ready-made views, with counts from what is open now. */
export function useViews(filters: Filters): View[] {
  const me = useSession().data?.user?.id ?? null;
  const summary = useQuery(summaryQuery).data;
  const open = summary?.incidents.filter(isBrief);
  const all = summary?.open_incidents;
  const here = addressOfFilters(filters);
  const counted = views.map(({ name, filters: own, holds }): View => {
    const search = addressOfFilters(own);
    // Of more than the summary lists only the whole is known.
    const known = open?.length === all;
    const held = known ? open?.filter((incident) => holds(incident, me)).length : undefined;
    const count = name === 'All open' ? all : held;
    return { name, search, count, current: search === here };
  });
  return [...counted, { ...over, current: over.search === here }];
}
