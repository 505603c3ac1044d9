import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Role, roots } from '@/lib/api';

/** The tokens that are not revoked, oldest first. */
export const tokensQuery = queryOptions({
  queryKey: [roots.tokens],
  queryFn: ({ signal }) =>
    answer(api.GET('/tokens', { signal, params: { query: { limit: 200 } } })),
});

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; role: Role; expires_at?: string }) =>
      answer(api.POST('/tokens', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.tokens] }),
  });
}

export function useRevoke() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/tokens/{token_id}', { params: { path: { token_id: id } } });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.tokens] }),
  });
}
