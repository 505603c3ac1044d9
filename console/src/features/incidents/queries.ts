import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  type Audience,
  answer,
  api,
  type IncidentBrief,
  type Phase,
  roots,
  type Status,
} from '@/lib/api';
import { type Filters, questionOf } from './filters';

const most = 200;

/** Incidents that pass the filters, two hundred at a time. */
export function incidentsQuery(filters: Filters) {
  const question = questionOf(filters);
  return infiniteQueryOptions({
    queryKey: [roots.incidents, 'list', question],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/incidents', {
          signal,
          params: {
            query: { ...question, limit: most, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: (before) => before,
  });
}

/** Leaves what the server could not sift. */
export function sifted(incidents: readonly IncidentBrief[], filters: Filters): IncidentBrief[] {
  return incidents.filter(
    ({ assigned_to }) => filters.assignee !== 'nobody' || assigned_to === null,
  );
}

/** One incident with its verbs, its updates and who a public update would reach. */
export function incidentQuery(ref: string) {
  return queryOptions({
    queryKey: [roots.incidents, 'one', ref],
    queryFn: ({ signal }) =>
      answer(api.GET('/incidents/{ref}', { signal, params: { path: { ref } } })),
  });
}

/** Everything that happened to an incident, the oldest first. */
export function storyQuery(ref: string) {
  return queryOptions({
    queryKey: [roots.incidents, 'story', ref],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/incidents/{ref}/timeline', {
          signal,
          params: { path: { ref } },
        }),
      ),
  });
}

/** Who a public update of this phase and these impacts would reach. */
export function audienceQuery(ref: string, phase: Phase, impacts: Record<string, Status>) {
  const services = Object.keys(impacts).toSorted();
  return queryOptions({
    queryKey: [roots.incidents, 'audience', ref, phase, services],
    queryFn: ({ signal }): Promise<Audience> =>
      answer(
        api.GET('/incidents/{ref}/audience', {
          signal,
          params: { path: { ref }, query: { phase, service: services } },
        }),
      ),
    placeholderData: (before) => before,
  });
}
