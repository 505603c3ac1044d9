import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import {
  answer,
  api,
  type Maintenance,
  type MaintenanceChange,
  type MaintenanceInput,
  roots,
} from '@/lib/api';

const most = 200;

/** Windows in progress, and those to come: two short lists that belong together. */
export function openQuery(filter: 'active' | 'upcoming') {
  return queryOptions({
    queryKey: [roots.maintenance, filter],
    queryFn: ({ signal }) =>
      answer(api.GET('/maintenance', { signal, params: { query: { filter, limit: most } } })),
    refetchInterval: 60_000,
  });
}

/** The first few windows in progress and, where they leave room, of those to come. */
export function soonQuery(shown: number) {
  return queryOptions({
    queryKey: [roots.maintenance, 'soon', shown],
    queryFn: async ({ signal }) => {
      const read = (filter: 'active' | 'upcoming') =>
        answer(api.GET('/maintenance', { signal, params: { query: { filter, limit: shown } } }));
      const [active, upcoming] = await Promise.all([read('active'), read('upcoming')]);
      return [...active.items, ...upcoming.items].slice(0, shown);
    },
    refetchInterval: 60_000,
  });
}

/** Windows that are over, the latest first. */
export const pastQuery = infiniteQueryOptions({
  queryKey: [roots.maintenance, 'past'],
  queryFn: ({ signal, pageParam }) =>
    answer(
      api.GET('/maintenance', {
        signal,
        params: { query: { filter: 'past', limit: 50, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next_cursor }) => next_cursor,
});

/** One window. */
export function windowQuery(id: string) {
  return queryOptions({
    queryKey: [roots.maintenance, 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/maintenance/{window_id}', { signal, params: { path: { window_id: id } } })),
  });
}

/** What people wrote about a window, the oldest first. */
export function updatesQuery(id: string) {
  return queryOptions({
    queryKey: [roots.maintenance, 'updates', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/maintenance/{window_id}/updates', {
          signal,
          params: { path: { window_id: id }, query: { limit: most } },
        }),
      ),
  });
}

/** After a write the answer is shown at once, and all that stands on it is read again. */
function useSettled() {
  const client = useQueryClient();
  return (window?: Maintenance) => {
    if (window) client.setQueryData(windowQuery(window.id).queryKey, window);
    for (const root of [roots.maintenance, roots.services, roots.summary]) {
      void client.invalidateQueries({ queryKey: [root] });
    }
  };
}

/** Schedules a window; the same key schedules once. */
export function useSchedule() {
  return useMutation({
    mutationFn: ({ body, key }: { body: MaintenanceInput; key: string }) =>
      answer(api.POST('/maintenance', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: useSettled(),
  });
}

/** Changes fields of a window. */
export function useEdit(id: string) {
  return useMutation({
    mutationFn: (body: MaintenanceChange) =>
      answer(api.PATCH('/maintenance/{window_id}', { params: { path: { window_id: id } }, body })),
    onSuccess: useSettled(),
  });
}

/** Ends a window before its time. */
export function useComplete(id: string) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/maintenance/{window_id}/complete', { params: { path: { window_id: id } } }),
      ),
    onSuccess: useSettled(),
  });
}

/** Calls a window off, or breaks it off. */
export function useCancel(id: string) {
  return useMutation({
    mutationFn: () =>
      answer(api.POST('/maintenance/{window_id}/cancel', { params: { path: { window_id: id } } })),
    onSuccess: useSettled(),
  });
}

/** Writes about a window, for people inside. */
export function useWrite(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (message: string) =>
      answer(
        api.POST('/maintenance/{window_id}/updates', {
          params: { path: { window_id: id } },
          body: { message },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: updatesQuery(id).queryKey }),
  });
}
