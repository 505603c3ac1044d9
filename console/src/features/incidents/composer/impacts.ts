import type { IncidentDetail, IncidentUpdate, Status } from '@/lib/api';
import { millis } from '@/lib/time';

export type Impacts = Record<string, Status>;

/** What a service can be said to be in public; unknown is nothing that one can tell. */
export const tellable: readonly Status[] = [
  'operational',
  'degraded',
  'partial_outage',
  'major_outage',
];

const told = (updates: readonly IncidentUpdate[]) =>
  updates
    .filter((update) => update.public)
    .toSorted(
      (a, b) => millis(a.at) - millis(b.at) || millis(a.recorded_at) - millis(b.recorded_at),
    );

/** The services that are hit in public now: what the updates said, until one said otherwise. */
export function openImpacts(updates: readonly IncidentUpdate[]): Impacts {
  const open: Impacts = {};
  for (const { phase, impacts } of told(updates)) {
    if (phase === 'resolved') for (const service of Object.keys(open)) delete open[service];
    else Object.assign(open, impacts);
  }
  return Object.fromEntries(Object.entries(open).filter(([, status]) => status !== 'operational'));
}

/**
 * What the composer begins with: what the public knows; before it knows anything, the affected
 * services that strangers may see (`visible`), where they have trouble.
 */
export function firstImpacts(
  incident: Pick<IncidentDetail, 'affected_services' | 'updates'>,
  visible: (service: string) => boolean,
): Impacts {
  if (told(incident.updates).length > 0) return openImpacts(incident.updates);
  return Object.fromEntries(
    incident.affected_services
      .filter(({ id, status }) => visible(id) && status !== 'unknown' && status !== 'operational')
      .map(({ id, status }) => [id, status]),
  );
}

/** Only what an update changes: what it says differently from what the public knows. */
export function changedImpacts(chosen: Impacts, known: Impacts): Impacts {
  return Object.fromEntries(
    Object.entries(chosen).filter(([id, status]) => status !== (known[id] ?? 'operational')),
  );
}
