import type { IncidentStatus, Priority, Severity } from '@/lib/api';

/** What the list shows, as its address says it; empty lists let everything through. */
export interface Filters {
  /** Empty means all that are live: new, in progress, pending. */
  status: IncidentStatus[];
  severity: Severity[];
  priority: Priority[];
  service: string | null;
  /** A user's id, a team's slug, `me`, or `nobody`. */
  assignee: string | null;
  q: string;
}

export const live: readonly IncidentStatus[] = ['open', 'in_progress', 'pending'];
export const statuses: readonly IncidentStatus[] = [...live, 'resolved', 'closed', 'cancelled'];
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
export const priorities: readonly Priority[] = ['P1', 'P2', 'P3', 'P4', 'P5'];

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

function known<T extends string>(text: string | null, values: readonly T[]): T[] {
  const said = text?.split(',') ?? [];
  return values.filter((value) => said.includes(value));
}

/** Reads an address; what it does not know is left out. */
export function filtersFrom(search: URLSearchParams): Filters {
  return {
    status: known(search.get('status'), statuses),
    severity: known(search.get('severity'), severities),
    priority: known(search.get('priority'), priorities),
    service: search.get('service') || null,
    assignee: search.get('assignee') || null,
    q: search.get('q')?.trim() ?? '',
  };
}

/** Writes an address: "?status=resolved&q=card"; '' for no filters. */
export function addressOfFilters(filters: Partial<Filters>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text) search.set(name, text);
  }
  const written = search.toString().replaceAll('%2C', ',');
  return written && `?${written}`;
}

/** Whether anything is left out beyond what is over. */
export function isFiltered(filters: Filters): boolean {
  return addressOfFilters(filters) !== '';
}

/** The same as a question to the server; `nobody` is not among its words and is sifted here. */
export function questionOf({ status, severity, priority, service, assignee, q }: Filters) {
  const assigned = assignee === 'nobody' ? null : assignee;
  return {
    ...(status.length ? { status } : { open: true }),
    ...(severity.length && { severity }),
    ...(priority.length && { priority }),
    ...(service && { service }),
    ...(assigned && { assigned_to: assigned }),
    ...(q && { q }),
  };
}
