import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';
import { roots } from './query';
import type { IncidentBrief, PublicIncident } from './types';

/** All services, worst first, with counts; read again each minute because polls leave no hint. */
export const servicesQuery = queryOptions({
  queryKey: [roots.services, 'list'],
  queryFn: ({ signal }) => answer(api.GET('/services', { signal })),
  refetchInterval: 60_000,
});

/** What is wrong right now: open incidents and the overall state. */
export const summaryQuery = queryOptions({
  queryKey: [roots.summary],
  queryFn: ({ signal }) => answer(api.GET('/summary', { signal })),
});

/** Whether this is an incident as members get it. */
export function isBrief(incident: IncidentBrief | PublicIncident): incident is IncidentBrief {
  return 'priority' in incident;
}

/** The latest status changes of all services. */
export const timelineQuery = queryOptions({
  queryKey: [roots.timeline],
  queryFn: ({ signal }) =>
    answer(api.GET('/timeline', { signal, params: { query: { limit: 20 } } })),
});

/** Incidents whose reference or title matches. */
export function incidentSearchQuery(q: string) {
  return queryOptions({
    queryKey: [roots.incidents, 'search', q],
    queryFn: ({ signal }) =>
      answer(api.GET('/incidents', { signal, params: { query: { q, limit: 6 } } })),
    enabled: q.length > 1,
  });
}

/** Everybody of the tenant, by e-mail; two hundred at most, which is where choosing from a list ends. */
export const peopleQuery = queryOptions({
  queryKey: [roots.people],
  queryFn: ({ signal }) => answer(api.GET('/users', { signal, params: { query: { limit: 200 } } })),
});

/** The tenant's teams, by slug. */
export const teamsQuery = queryOptions({
  queryKey: [roots.teams],
  queryFn: ({ signal }) => answer(api.GET('/teams', { signal, params: { query: { limit: 200 } } })),
});
