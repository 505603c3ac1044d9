import type { IncidentDetail, IncidentVerb } from '@/lib/api';
import { sentenceCase } from '@/lib/words';

const byRole = 'You may look but not change this. Ask an ITSM manager.';

/** Why somebody may not do this now: their role, or what the server says of the state; null if they may. */
export function mayNot(
  { allowed, refused }: Pick<IncidentDetail, 'allowed' | 'refused'>,
  verb: IncidentVerb | 'edit',
  permissions: readonly string[],
): string | null {
  if (!permissions.includes(`incidents.${verb}`)) return byRole;
  if (verb === 'edit' || allowed.includes(verb)) return null;
  return sentenceCase(refused[verb] ?? 'Not now.');
}

interface Verbs {
  shown: IncidentVerb[];
  more: IncidentVerb[];
}

/** The verbs that fit the state, the first ones as buttons; both directions of a pause share a place. */
export function verbsInOrder({
  status,
  acknowledged_at,
}: Pick<IncidentDetail, 'status' | 'acknowledged_at'>): Verbs {
  switch (status) {
    case 'resolved':
      return { shown: ['reopen', 'close'], more: [] };
    case 'closed':
      return { shown: ['reopen'], more: [] };
    case 'cancelled':
      return { shown: [], more: [] };
    default: {
      const pause: IncidentVerb = status === 'pending' ? 'resume' : 'hold';
      const first: IncidentVerb[] = acknowledged_at ? [] : ['acknowledge'];
      const start: IncidentVerb[] = status === 'open' ? ['start'] : [];
      return { shown: [...first, 'resolve', pause, 'assign'], more: [...start, 'cancel'] };
    }
  }
}
