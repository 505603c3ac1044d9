import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, roots } from '@/lib/api';
import { readerZone } from '@/lib/time';

const zone = { time_zone: readerZone };

/** A service's promise: what is left, what burns it, its month. */
export function sloQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'slo', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/services/{service_id}/slo', {
          signal,
          params: { path: { service_id: id }, query: zone },
        }),
      ),
    refetchInterval: 60_000,
  });
}

/** The uptime of each of the last so many days. */
export function uptimeQuery(id: string, days: number) {
  return queryOptions({
    queryKey: [roots.services, 'uptime', id, days],
    queryFn: async ({ signal }) => {
      const query = { service: id, days, ...zone };
      const { items } = await answer(
        api.GET('/services/sla/history', { signal, params: { query } }),
      );
      return items[0]?.days ?? [];
    },
    refetchInterval: 300_000,
  });
}

/** The newest incidents of a service, to name what a budget went into. */
export function incidentsOfQuery(id: string) {
  return queryOptions({
    queryKey: [roots.incidents, 'of-service', id],
    queryFn: async ({ signal }) => {
      const query = { service: id, limit: 100 };
      return (await answer(api.GET('/incidents', { signal, params: { query } }))).items;
    },
  });
}

/** Gives a service a target of its own, or with null the installation's. */
export function useSetTarget(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (target: number | null) =>
      answer(
        api.PUT('/services/{service_id}/objective', {
          params: { path: { service_id: id } },
          body: { target_percent: target },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: [roots.services] }),
  });
}
