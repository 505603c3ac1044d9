import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, roots, type ServiceDetail, type ServiceSource, type Status } from '@/lib/api';

/** One service with its neighbours, events, decisions and sources. */
export function serviceQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/services/{service_id}', { signal, params: { path: { service_id: id } } })),
    refetchInterval: 60_000,
  });
}

/** Every decision about a service, newest first: what was believed, and what people were told. */
export function whyQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'why', id],
    queryFn: async ({ signal }) => {
      const params = { path: { service_id: id } };
      return (await answer(api.GET('/services/{service_id}/decisions', { signal, params }))).items;
    },
    refetchInterval: 60_000,
  });
}

/** After a verb, the answer is shown at once and everything that stands on it is read again. */
function useSettled(id: string) {
  const client = useQueryClient();
  return (service: ServiceDetail | undefined) => {
    if (service) client.setQueryData(serviceQuery(id).queryKey, service);
    for (const root of [roots.services, roots.timeline, roots.summary, roots.maintenance]) {
      void client.invalidateQueries({ queryKey: [root] });
    }
  };
}

/** Begins an hour of maintenance now; answers the window, which can be cancelled. */
export function useMute(service: Pick<ServiceDetail, 'id' | 'name'>) {
  const settled = useSettled(service.id);
  return useMutation({
    mutationFn: () => {
      const now = Date.now();
      const body = {
        title: `Maintenance of ${service.name}`.slice(0, 200),
        starts_at: new Date(now).toISOString(),
        ends_at: new Date(now + 3_600_000).toISOString(),
        affected_services: [service.id],
      };
      return answer(api.POST('/maintenance', { body }));
    },
    onSuccess: () => settled(undefined),
  });
}

/** Takes the mute back. */
export function useUnmute(id: string) {
  const settled = useSettled(id);
  return useMutation({
    mutationFn: (window: string) =>
      answer(
        api.POST('/maintenance/{window_id}/cancel', { params: { path: { window_id: window } } }),
      ),
    onSuccess: () => settled(undefined),
  });
}

export interface ByHand {
  new_status: Status;
  reason: string;
  detail?: string;
}

/** Says how a service is, in place of its feed. */
export function useSetStatus(id: string) {
  return useMutation({
    mutationFn: (body: ByHand) =>
      answer(
        api.POST('/services/{service_id}/status', { params: { path: { service_id: id } }, body }),
      ),
    onSuccess: useSettled(id),
  });
}

/** Gives the word back to the feed. */
export function useRelease(id: string) {
  return useMutation({
    mutationFn: () =>
      answer(api.POST('/services/{service_id}/release', { params: { path: { service_id: id } } })),
    onSuccess: useSettled(id),
  });
}

/** Takes the address a feed has moved to, in the service itself or in its further source. */
export function useMove(service: ServiceDetail) {
  const settled = useSettled(service.id);
  return useMutation({
    mutationFn: async (source: ServiceSource) => {
      const url = source.moved_to ?? '';
      if (!source.declared) {
        await answer(
          api.PATCH('/monitors/{monitor_id}', {
            params: { path: { monitor_id: source.id } },
            body: { url },
          }),
        );
        return undefined;
      }
      const body = { source: { ...service.source, kind: source.kind, url } };
      return answer(
        api.PATCH('/services/{service_id}', { params: { path: { service_id: service.id } }, body }),
      );
    },
    onSuccess: settled,
  });
}
