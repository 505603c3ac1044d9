import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type NewService, roots, type ServiceChange } from '@/lib/api';

function useReadAgain() {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === roots.services || queryKey[0] === roots.summary,
    });
}

export function useAddService() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: NewService) => answer(api.POST('/services', { body })),
    onSuccess: () => void readAgain(),
  });
}

/** Changes a service that was looked at in `version`. */
export function useEditService(id: string, version: number) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: ServiceChange) =>
      answer(
        api.PATCH('/services/{service_id}', {
          params: { path: { service_id: id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => void readAgain(),
  });
}

export function useArchiveService() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/services/{service_id}', { params: { path: { service_id: id } } });
    },
    onSuccess: () => void readAgain(),
  });
}

/** Tries a source out without saving it. */
export function useTrySource() {
  return useMutation({
    mutationFn: (body: Record<string, unknown> & { kind: string }) =>
      answer(api.POST('/monitors/test', { body })),
  });
}

/** Reads the registry file again. */
export function useReload() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: () => answer(api.POST('/services/reload')),
    onSuccess: () => void readAgain(),
  });
}
