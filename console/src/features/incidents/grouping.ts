import type { IncidentBrief, IncidentStatus } from '@/lib/api';
import { millis } from '@/lib/time';
import { clockOf } from './clocks';

export interface Group {
  title: string;
  /** How many, and what that means: "1, past its promise". */
  note: string;
  incidents: IncidentBrief[];
}

type Place =
  | 'major'
  | 'urgent'
  | 'late'
  | 'hour'
  | 'later'
  | 'open'
  | 'in_progress'
  | 'pending'
  | 'resolved'
  | 'closed'
  | 'cancelled';

const hour = 3_600_000;

const order: readonly [Place, title: string, meaning?: string][] = [
  ['major', 'Major'],
  ['late', 'Late', 'past its promise'],
  ['hour', 'Due within an hour'],
  ['urgent', 'Most urgent', 'priority P1'],
  ['open', 'New'],
  ['in_progress', 'In progress'],
  ['later', 'Later'],
  ['pending', 'Paused', 'waits for somebody else'],
  ['resolved', 'Resolved'],
  ['closed', 'Closed'],
  ['cancelled', 'Cancelled'],
];

const over: readonly IncidentStatus[] = ['resolved', 'closed', 'cancelled'];

function placeOf(incident: IncidentBrief, now: number): Place {
  const { status, major, priority } = incident;
  if (over.includes(status)) return status as Place;
  if (major) return 'major';
  const due = clockOf(incident)?.dueAt;
  if (due !== undefined && due < now) return 'late';
  if (status === 'pending') return 'pending';
  if (due === undefined) return priority === 'P1' ? 'urgent' : status;
  return due - now <= hour ? 'hour' : 'later';
}

const lastMoment = ({ closed_at, resolved_at, updated_at }: IncidentBrief) =>
  closed_at ?? resolved_at ?? updated_at;

function compare(a: IncidentBrief, b: IncidentBrief): number {
  if (over.includes(a.status)) return millis(lastMoment(b)) - millis(lastMoment(a));
  const due = (clockOf(a)?.dueAt ?? 0) - (clockOf(b)?.dueAt ?? 0);
  return a.priority.localeCompare(b.priority) || due || millis(a.opened_at) - millis(b.opened_at);
}

/** Incidents in the order in which they want attention; `now` in milliseconds. */
export function grouped(incidents: readonly IncidentBrief[], now: number): Group[] {
  const placed = incidents.map((incident) => ({ incident, place: placeOf(incident, now) }));
  return order.flatMap(([place, title, meaning]) => {
    const inside = placed.filter((each) => each.place === place).map(({ incident }) => incident);
    if (inside.length === 0) return [];
    const note = meaning ? `${inside.length}, ${meaning}` : String(inside.length);
    return [{ title, note, incidents: inside.toSorted(compare) }];
  });
}
