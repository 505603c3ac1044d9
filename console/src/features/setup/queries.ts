import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, roots } from '@/lib/api';

export interface NewChannel {
  kind: 'slack' | 'mail';
  name: string;
  url?: string;
  address?: string;
}

/** Keeps a channel for all tiers, then sends a first message through it. */
export function useAddChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewChannel) => {
      const channel = await answer(
        api.POST('/channels', {
          body: { ...body, tiers: [1, 2, 3], receives: ['alerts', 'updates'] },
        }),
      );
      await answer(
        api.POST('/channels/{channel_id}/test', { params: { path: { channel_id: channel.id } } }),
      );
      return channel;
    },
    onSettled: () => client.invalidateQueries({ queryKey: [roots.channels] }),
  });
}

export const channelsQuery = queryOptions({
  queryKey: [roots.channels],
  queryFn: ({ signal }) => answer(api.GET('/channels', { signal })),
});

/** The status page that is there from the start. */
export const mainPageQuery = queryOptions({
  queryKey: [roots.statusPages, 'one', 'main'],
  queryFn: ({ signal }) =>
    answer(api.GET('/status-pages/{slug}', { signal, params: { path: { slug: 'main' } } })),
});

export interface FirstPage {
  name: string;
  time_zone: string;
  /** Services to show, in this order. */
  services: readonly string[];
}

/** Names the main page and puts services on it, one after the other so that their order holds. */
export function useFillPage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, time_zone, services }: FirstPage) => {
      const params = { path: { slug: 'main' } };
      await answer(api.PATCH('/status-pages/{slug}', { params, body: { name, time_zone } }));
      for (const service_id of services) {
        await answer(api.POST('/status-pages/{slug}/components', { params, body: { service_id } }));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [roots.statusPages] }),
  });
}
