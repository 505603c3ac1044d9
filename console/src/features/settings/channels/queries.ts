import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type ChannelChange, type ChannelInput, roots } from '@/lib/api';

/** All channels: those of the environment first, then the oldest. */
export const channelsQuery = queryOptions({
  queryKey: [roots.channels],
  queryFn: ({ signal }) => answer(api.GET('/channels', { signal })),
});

function useReadAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [roots.channels] });
}

export function useAddChannel() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: ChannelInput) => answer(api.POST('/channels', { body })),
    onSuccess: () => void readAgain(),
  });
}

export function useEditChannel() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ id, version, ...body }: ChannelChange & { id: string; version: number }) =>
      answer(
        api.PATCH('/channels/{channel_id}', {
          params: { path: { channel_id: id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => void readAgain(),
  });
}

export function useRemoveChannel() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/channels/{channel_id}', { params: { path: { channel_id: id } } });
    },
    onSuccess: () => void readAgain(),
  });
}

/** Sends a message that says nothing is wrong. */
export function useTestChannel() {
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/channels/{channel_id}/test', { params: { path: { channel_id: id } } })),
  });
}
