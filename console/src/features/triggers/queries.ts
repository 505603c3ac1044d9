import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, roots, type Trigger, type TriggerInput } from '@/lib/api';

/** Every trigger, the oldest first; the server keeps two hundred at most. */
export const triggersQuery = queryOptions({
  queryKey: [roots.triggers, 'list'],
  queryFn: ({ signal }) =>
    answer(api.GET('/triggers', { signal, params: { query: { limit: 200 } } })),
});

/** Whether a condition can be read, asked while it is typed. */
export function checkQuery(condition: string, service: string | null) {
  return queryOptions({
    queryKey: [roots.triggers, 'check', condition, service],
    queryFn: ({ signal }) =>
      answer(api.POST('/triggers/check', { signal, body: { condition, service_id: service } })),
    enabled: condition.trim() !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

export interface Tried {
  service: string;
  condition: string;
  minutes: number;
}

/** When it would have fired over the last seven days. */
export function previewQuery(tried: Tried | null) {
  return queryOptions({
    queryKey: [roots.triggers, 'preview', tried],
    queryFn: ({ signal }) =>
      answer(
        api.POST('/triggers/preview', {
          signal,
          body: {
            service_id: tried?.service ?? '',
            condition: tried?.condition ?? '',
            duration_minutes: tried?.minutes ?? 0,
          },
        }),
      ),
    enabled: tried !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

export function useSaveTrigger(trigger: Trigger | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TriggerInput) =>
      trigger
        ? answer(
            api.PATCH('/triggers/{trigger_id}', {
              params: {
                path: { trigger_id: trigger.id },
                header: { 'If-Match': `"${trigger.version}"` },
              },
              body,
            }),
          )
        : answer(api.POST('/triggers', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.triggers, 'list'] }),
  });
}

export function useArchiveTrigger() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/triggers/{trigger_id}', { params: { path: { trigger_id: id } } });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.triggers, 'list'] }),
  });
}
