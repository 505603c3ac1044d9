import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type LatencyStep, type Monitor, type MonitorInput, roots } from '@/lib/api';

/** Every source of a service, its own checks among them. */
export function monitorsQuery(serviceId: string) {
  return queryOptions({
    queryKey: [roots.services, 'monitors', serviceId],
    queryFn: async ({ signal }) => {
      const params = { query: { service_id: serviceId, limit: 50 } };
      return (await answer(api.GET('/monitors', { signal, params }))).items;
    },
    refetchInterval: 60_000,
  });
}

export function monitorQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'monitor', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/monitors/{monitor_id}', { signal, params: { path: { monitor_id: id } } })),
    refetchInterval: 60_000,
  });
}

/** The last ping of a job. */
export function heartbeatQuery(id: string) {
  return queryOptions({
    queryKey: [roots.services, 'heartbeat', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/monitors/{monitor_id}/heartbeat', {
          signal,
          params: { path: { monitor_id: id } },
        }),
      ),
    refetchInterval: 10_000,
  });
}

/** When a job would be due by an expression; the last good answer stays while the next one is written. */
export function cronQuery(cron: string, timeZone: string) {
  return queryOptions({
    queryKey: [roots.services, 'cron', cron, timeZone],
    queryFn: ({ signal }) =>
      answer(
        api.POST('/monitors/heartbeat/preview', { signal, body: { cron, time_zone: timeZone } }),
      ),
    retry: false,
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}

export type Range = '24h' | '7d' | '30d';

const hour = 3_600_000;
export const ranges: Record<
  Range,
  { words: string; length: number; step: LatencyStep; every: number }
> = {
  '24h': { words: '24 h', length: 24 * hour, step: '15m', every: hour / 4 },
  '7d': { words: '7 days', length: 7 * 24 * hour, step: '1h', every: hour },
  '30d': { words: '30 days', length: 30 * 24 * hour, step: '6h', every: 6 * hour },
};

/** Response times until now, in steps that fit the range. */
export function latencyQuery(id: string, range: Range) {
  const { length, step } = ranges[range];
  return queryOptions({
    queryKey: [roots.services, 'latency', id, range],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const from = to - length;
      const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), step };
      const params = { path: { monitor_id: id }, query };
      const { points } = await answer(
        api.GET('/monitors/{monitor_id}/latency', { signal, params }),
      );
      return { from, to, points };
    },
    refetchInterval: 60_000,
  });
}

/** Runs a check once without saving it. */
export function useTry() {
  return useMutation({
    mutationFn: (body: Record<string, unknown> & { kind: string }) =>
      answer(api.POST('/monitors/test', { body })),
  });
}

function useReadAgain() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: [roots.services] });
}

/** Adds a monitor, or changes the one that was looked at. */
export function useSaveMonitor(monitor: Monitor | null) {
  return useMutation({
    mutationFn: ({ kind, ...input }: MonitorInput) => {
      if (!monitor) return answer(api.POST('/monitors', { body: { kind, ...input } }));
      const { service_id: _, ...change } = input;
      return answer(
        api.PATCH('/monitors/{monitor_id}', {
          params: {
            path: { monitor_id: monitor.id },
            header: { 'If-Match': `"${monitor.version}"` },
          },
          body: change,
        }),
      );
    },
    onSuccess: useReadAgain(),
  });
}

export function useRemoveMonitor() {
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/monitors/{monitor_id}', { params: { path: { monitor_id: id } } });
    },
    onSuccess: useReadAgain(),
  });
}
