import type { Category, IncidentStatus, Phase, Role, Status } from './api';

/** What a subject can look like: the five statuses, maintenance, and a feed that cannot be read. */
export type State = Status | 'maintenance' | 'poller_broken';

/** From worst to calmest; unknown stands between trouble and calm. */
export const statusOrder: readonly Status[] = [
  'major_outage',
  'partial_outage',
  'degraded',
  'unknown',
  'operational',
];

export const stateWords: Record<State, string> = {
  operational: 'Operational',
  degraded: 'Degraded',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
  unknown: 'Unknown',
  maintenance: 'Maintenance',
  poller_broken: 'Poller broken',
};

export const incidentWords: Record<IncidentStatus, string> = {
  open: 'New',
  in_progress: 'In progress',
  pending: 'Pending',
  resolved: 'Resolved',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

export const phaseWords: Record<Phase, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

export const categoryWords: Record<Category, string> = {
  identity: 'Identity',
  engineering: 'Engineering',
  collaboration: 'Collaboration',
  productivity: 'Productivity',
  finance: 'Finance',
  hr: 'HR',
  sales: 'Sales',
  marketing: 'Marketing',
  networking: 'Networking',
  support: 'Support',
};

export const roleWords: Record<Role, string> = {
  viewer: 'Viewer',
  responder: 'Responder',
  itsm_manager: 'ITSM manager',
  admin: 'Admin',
  super_admin: 'Super admin',
};

/** "1 service", "3 services"; the plural is the word with s unless given. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

/** "A", "A and B", "A, B and C". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** The first letter in upper case, the rest as it is. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a program said, as a sentence: "lies in the past" becomes "Lies in the past." */
export function asSentence(text: string): string {
  const tidy = text.trim();
  // A name such as response_time stays as it is written.
  const said = /^\p{L}+(?=[\s,.:;]|$)/u.test(tidy) ? sentenceCase(tidy) : tidy;
  return /[.!?…:”"]$/.test(said) ? said : `${said}.`;
}

interface Told {
  detail: string | null;
  impact_statement: string | null;
}

/** What is wrong in the words of who saw it, then who feels it: the fault before its consequence. */
export function troubleWords({ detail, impact_statement: impact }: Told): string {
  if (!detail || !impact) return detail ?? impact ?? '';
  return `${asSentence(detail)} ${impact}`;
}
