import type { IncidentVerb } from '@/lib/api';

/** The verb as a button says it. */
export const verbWords: Record<IncidentVerb, string> = {
  acknowledge: 'Acknowledge',
  assign: 'Assign',
  start: 'Start',
  hold: 'Hold',
  resume: 'Resume',
  resolve: 'Resolve',
  close: 'Close',
  reopen: 'Reopen',
  cancel: 'Cancel incident',
};

/** The verb once it is done, as a toast says it. */
export const doneWords: Record<IncidentVerb, string> = {
  acknowledge: 'acknowledged',
  assign: 'assigned',
  start: 'started',
  hold: 'put on hold',
  resume: 'resumed',
  resolve: 'resolved',
  close: 'closed',
  reopen: 'reopened',
  cancel: 'cancelled',
};

/** The key of a verb; both directions of a pause share one, and so do both ends of a life. */
export const verbKeys: Partial<Record<IncidentVerb, string>> = {
  acknowledge: 'y',
  assign: 'a',
  start: 's',
  hold: 'h',
  resume: 'h',
  resolve: 'r',
  reopen: 'r',
};
