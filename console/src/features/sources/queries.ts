import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type NewService, roots } from '@/lib/api';

/** The whole catalogue; it is small enough to be searched while one types. */
export const catalogueQuery = queryOptions({
  queryKey: [roots.services, 'catalogue'],
  queryFn: async ({ signal }) => (await answer(api.GET('/catalogue', { signal }))).items,
});

/** Asks an address what it is; nothing is saved. */
export function useDiscover() {
  return useMutation({
    mutationFn: (url: string) => answer(api.POST('/sources/discover', { body: { url } })),
  });
}

function useReadAgain() {
  const client = useQueryClient();
  return () => {
    for (const root of [roots.services, roots.summary]) {
      void client.invalidateQueries({ queryKey: [root] });
    }
  };
}

export function useAddService() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: NewService) => answer(api.POST('/services', { body })),
    onSuccess: readAgain,
  });
}

/** Takes a service that was just added away again. */
export function useTakeBack() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/services/{service_id}', { params: { path: { service_id: id } } });
    },
    onSuccess: readAgain,
  });
}
