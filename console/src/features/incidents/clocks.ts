import type { Promised } from '@/components/clock/reading';
import type { IncidentBrief, PendingReason } from '@/lib/api';
import { millis } from '@/lib/time';

/** What a held incident waits for, in a sentence: "waits for vendor". */
export const waitsFor: Record<PendingReason, string> = {
  caller: 'caller',
  vendor: 'vendor',
  change: 'change',
  problem: 'problem',
  other: 'something else',
};

function pausesOf({ status, updated_at, pending_reason }: IncidentBrief) {
  const held = status === 'pending';
  return {
    pauses: held ? [{ start: millis(updated_at), end: null }] : [],
    waitsFor: held && pending_reason ? waitsFor[pending_reason] : undefined,
  };
}

/** The promise that is due first, or null while none was made. */
export function clockOf(incident: IncidentBrief): Promised | null {
  const { acknowledged_at, sla_response_due, sla_resolve_due, opened_at } = incident;
  const responding = acknowledged_at === null && sla_response_due !== null;
  const due = responding ? sla_response_due : sla_resolve_due;
  if (due === null) return null;
  return {
    name: responding ? 'Response' : 'Resolution',
    startedAt: millis(opened_at),
    dueAt: millis(due),
    ...pausesOf(incident),
  };
}

/** Both promises for the incident's own page, each with when it was met. */
export function clocksOf(incident: IncidentBrief): Promised[] {
  const { opened_at, acknowledged_at, resolved_at, sla_response_due, sla_resolve_due } = incident;
  const startedAt = millis(opened_at);
  const clocks: Promised[] = [];
  if (sla_response_due) {
    const metAt = acknowledged_at && millis(acknowledged_at);
    clocks.push({
      name: 'Response',
      startedAt,
      dueAt: millis(sla_response_due),
      pauses: [],
      metAt: metAt || null,
    });
  }
  if (sla_resolve_due) {
    const metAt = resolved_at && millis(resolved_at);
    clocks.push({
      name: 'Resolution',
      startedAt,
      dueAt: millis(sla_resolve_due),
      metAt: metAt || null,
      ...pausesOf(incident),
    });
  }
  return clocks;
}
