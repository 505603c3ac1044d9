import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keepCsrfToken } from './client';
import { roots } from './query';
import type { AcceptInput, Me } from './types';

function remember(me: Me): Me {
  keepCsrfToken(me.csrf_token);
  return me;
}

/** Who is here: the person (null for a stranger), the tenant, the permissions. */
export const sessionQuery = queryOptions({
  queryKey: [roots.session],
  queryFn: async ({ signal }) => remember(await answer(api.GET('/auth/me', { signal }))),
  staleTime: 5 * 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** Whether the person here may do `verb`, e.g. `incidents.acknowledge`; false while unknown. */
export function useMay(verb: string): boolean {
  return useSession().data?.permissions.includes(verb) ?? false;
}

/** A new session changes what may be seen, so everything is read again. */
function useEnter() {
  const client = useQueryClient();
  return async (me: Me) => {
    remember(me);
    client.setQueryData(sessionQuery.queryKey, me);
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== roots.session });
  };
}

export function useLogIn() {
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      answer(api.POST('/auth/login', { body })),
    onSuccess: useEnter(),
  });
}

export function useSetUp() {
  return useMutation({
    mutationFn: (body: { token: string; email: string; name: string; password: string }) =>
      answer(api.POST('/setup', { body })),
    onSuccess: useEnter(),
  });
}

/** What the holder of an invitation's link is asked for; reading it does not use it up. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: [roots.session, 'invitation', token],
    queryFn: () => answer(api.POST('/auth/invitation/preview', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (body: AcceptInput) => answer(api.POST('/auth/invitation', { body })),
    onSuccess: useEnter(),
  });
}

/** Changes one's own name. */
export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => answer(api.PATCH('/auth/me', { body: { name } })),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, remember(me));
      void client.invalidateQueries({ queryKey: [roots.people] });
    },
  });
}

/** Changes one's own password; one's other sessions end. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      answer(api.POST('/auth/password', { body })),
  });
}

/** Logging out forgets every answer this person was allowed to read. */
export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/auth/logout')),
    onSuccess: async () => {
      keepCsrfToken(null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== roots.session });
      await client.refetchQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}
