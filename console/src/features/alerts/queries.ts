import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { type AlertState, answer, api, type IncidentBrief, roots } from '@/lib/api';

const most = 200;

/** What the list of alerts shows. */
export interface Filters {
  state: AlertState | null;
  service: string | null;
}

export const states: readonly AlertState[] = ['firing', 'acknowledged', 'resolved'];

/** Reads an address; a state that does not exist is left out. */
export function filtersFrom(search: URLSearchParams): Filters {
  return {
    state: states.find((state) => state === search.get('state')) ?? null,
    service: search.get('service') || null,
  };
}

/** Writes an address: "?state=firing"; '' for no filters. */
export function addressOfFilters({ state, service }: Partial<Filters>): string {
  const search = new URLSearchParams();
  if (state) search.set('state', state);
  if (service) search.set('service', service);
  const written = search.toString();
  return written && `?${written}`;
}

/** Alerts, newest first, two hundred at a time. */
export function alertsQuery({ state, service }: Filters) {
  const question = { ...(state && { state }), ...(service && { service }) };
  return infiniteQueryOptions({
    queryKey: [roots.alerts, 'list', question],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/alerts', {
          signal,
          params: { query: { ...question, limit: most, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: (before) => before,
  });
}

/** One alert with the decisions of its episode. */
export function alertQuery(id: string) {
  return queryOptions({
    queryKey: [roots.alerts, 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/alerts/{alert_id}', { signal, params: { path: { alert_id: id } } })),
  });
}

/** Says that somebody has seen it; repeating is fine. */
export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/alerts/{alert_id}/acknowledge', { params: { path: { alert_id: id } } })),
    onSuccess: async (alert) => {
      client.setQueryData(alertQuery(alert.id).queryKey, alert);
      await client.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === roots.alerts || queryKey[0] === roots.incidents,
      });
    },
  });
}

/** The last decisions about a service, among them those that were not yet enough for an alert. */
export function decisionsQuery(serviceId: string) {
  return queryOptions({
    queryKey: [roots.services, 'decisions', serviceId],
    queryFn: async ({ signal }) => {
      const params = { path: { service_id: serviceId } };
      const { decisions } = await answer(api.GET('/services/{service_id}', { signal, params }));
      return decisions ?? [];
    },
  });
}

const candidates = 5;

/**
 * The incident that an alert is tied to, or null. Alerts come before incidents and do not know
 * them, so it is looked for among the newest incidents of the service.
 */
export function incidentOfAlertQuery(alert: { id: string; service_id: string }) {
  return queryOptions({
    queryKey: [roots.incidents, 'of alert', alert.id],
    queryFn: async ({ signal }): Promise<IncidentBrief | null> => {
      const query = { service: alert.service_id, limit: candidates };
      const { items } = await answer(api.GET('/incidents', { signal, params: { query } }));
      for (const { id: ref } of items) {
        const incident = await answer(
          api.GET('/incidents/{ref}', { signal, params: { path: { ref } } }),
        );
        if (incident.alerts.includes(alert.id)) return incident;
      }
      return null;
    },
  });
}

/** What was sent because of an alert: messages about its service that name it as their cause. */
export function sentBecauseOfQuery(alert: { id: string; service_id: string }) {
  return queryOptions({
    queryKey: [roots.deliveries, 'of alert', alert.id],
    queryFn: async ({ signal }) => {
      const query = { thread: `service:${alert.service_id}`, limit: most };
      const { items } = await answer(api.GET('/deliveries', { signal, params: { query } }));
      return items.filter(({ cause }) => cause?.subject === `alert:${alert.id}`);
    },
  });
}
