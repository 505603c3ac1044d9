import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Role, roots } from '@/lib/api';

function useReadAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [roots.people] });
}

export function useInvite() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: { email: string; name?: string; role: Role }) =>
      answer(api.POST('/users', { body })),
    onSuccess: () => void readAgain(),
  });
}

export function useEditPerson() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({
      id,
      version,
      ...body
    }: {
      id: string;
      version: number;
      name?: string;
      role?: Role;
      disabled?: boolean;
    }) =>
      answer(
        api.PATCH('/users/{user_id}', {
          params: { path: { user_id: id }, header: { 'If-Match': `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => void readAgain(),
  });
}

/** A new link: another chance for the invited, a new password for members. */
export function useNewLink() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/users/{user_id}/invitation', { params: { path: { user_id: id } } })),
    onSuccess: () => void readAgain(),
  });
}
