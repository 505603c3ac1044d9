import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  answer,
  api,
  type IncidentChange,
  type IncidentDetail,
  type IncidentInput,
  type IncidentVerb,
  roots,
  type UpdateInput,
  type VerbInput,
} from '@/lib/api';
import { incidentQuery } from './queries';

const ifMatch = (version?: number) =>
  version === undefined ? undefined : { 'If-Match': `"${version}"` };

/** What is known of incidents is read again; the answer itself is shown at once. */
function useKeep() {
  const client = useQueryClient();
  return async (incident?: IncidentDetail) => {
    if (incident) client.setQueryData(incidentQuery(incident.id).queryKey, incident);
    await client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === roots.incidents || queryKey[0] === roots.summary,
    });
  };
}

/** Opens an incident; the key makes a second press of the button the same request. */
export function useOpenIncident() {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ body, key }: { body: IncidentInput; key: string }) =>
      answer(api.POST('/incidents', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: (incident) => void keep(incident),
  });
}

export interface VerbCall {
  ref: string;
  verb: IncidentVerb;
  body?: VerbInput;
  /** The version that was looked at when the decision was made; a newer one refuses with 412. */
  version?: number;
}

/** Runs a verb outside of hooks, for a selection of incidents or to undo one. */
export function runVerb({ ref, verb, body = {}, version }: VerbCall): Promise<IncidentDetail> {
  return answer(
    api.POST(`/incidents/{ref}/${verb}`, {
      params: { path: { ref }, header: ifMatch(version) },
      body,
    }),
  );
}

/** Runs a verb on an incident. */
export function useVerb() {
  const keep = useKeep();
  return useMutation({ mutationFn: runVerb, onSuccess: (incident) => void keep(incident) });
}

/** Reads incidents again, after writes made with `runVerb`. */
export function useReadAgain() {
  const keep = useKeep();
  return () => keep();
}

/** Changes fields of an incident that was looked at in `version`. */
export function useEditIncident(ref: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ body, version }: { body: IncidentChange; version: number }) =>
      answer(
        api.PATCH('/incidents/{ref}', {
          params: { path: { ref }, header: ifMatch(version) },
          body,
        }),
      ),
    onSuccess: (incident) => void keep(incident),
  });
}

/** Says something to colleagues: a comment, kept inside unless the server is told otherwise. */
export function useComment(ref: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ body, key }: { body: string; key: string }) =>
      answer(
        api.POST('/incidents/{ref}/comments', {
          params: { path: { ref }, header: { 'Idempotency-Key': key } },
          body: { body },
        }),
      ),
    onSuccess: () => void keep(),
  });
}

/** Posts an update, internal or public. */
export function usePostUpdate(ref: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ body, key }: { body: UpdateInput; key: string }) =>
      answer(
        api.POST('/incidents/{ref}/updates', {
          params: { path: { ref }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: () => void keep(),
  });
}
