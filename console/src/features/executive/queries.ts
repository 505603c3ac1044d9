import { queryOptions } from '@tanstack/react-query';
import { answer, api, roots } from '@/lib/api';
import { readerZone } from '@/lib/time';

/** How many days the figures look back. */
export const span = 30;
const calm = 300_000;

/** Availability of every service over a day, a week and 30 days. */
export const slasQuery = queryOptions({
  queryKey: [roots.services, 'sla'],
  queryFn: async ({ signal }) => (await answer(api.GET('/services/sla', { signal }))).items,
  refetchInterval: calm,
});

/** The availability of every service on each of the last days. */
export const historiesQuery = queryOptions({
  queryKey: [roots.services, 'sla', 'history', span],
  queryFn: async ({ signal }) => {
    const query = { days: span, time_zone: readerZone };
    return (await answer(api.GET('/services/sla/history', { signal, params: { query } }))).items;
  },
  refetchInterval: calm,
});

/** What is left of every error budget, the emptiest first. */
export const slosQuery = queryOptions({
  queryKey: [roots.services, 'slo'],
  queryFn: async ({ signal }) => (await answer(api.GET('/services/slo', { signal }))).items,
  refetchInterval: calm,
});

/** What was left of one budget, day by day. */
export function budgetDaysQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'slo', id, 'days'],
    queryFn: async ({ signal }) => {
      const params = { path: { service_id: id }, query: { time_zone: readerZone } };
      return (await answer(api.GET('/services/{service_id}/slo', { signal, params }))).points;
    },
    refetchInterval: calm,
  });
}

/** Every incident there ever was, or null where there are more than one answer holds. */
export const allIncidentsQuery = queryOptions({
  queryKey: [roots.incidents, 'all'],
  queryFn: async ({ signal }) => {
    const query = { limit: 200 };
    const page = await answer(api.GET('/incidents', { signal, params: { query } }));
    return page.next_cursor === null ? page.items : null;
  },
});
