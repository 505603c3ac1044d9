export type Status = 'operational' | 'degraded' | 'partial_outage' | 'major_outage' | 'unknown';
export type PollerHealth = 'ok' | 'failing' | 'broken' | 'manual';
export type Visibility = 'public' | 'internal';

export const categories = [
  'identity',
  'productivity',
  'collaboration',
  'engineering',
  'hr',
  'finance',
  'sales',
  'marketing',
  'networking',
  'support',
] as const;
export type Category = (typeof categories)[number];

/** A stretch of time in one state, half-open; `end` null means until now. Instants are ISO UTC. */
export interface Segment {
  start: string;
  end: string | null;
  status: Status;
}

/** One calendar day; `status` null means that nothing was measured. */
export interface Day {
  date: string;
  status: Status | null;
  maintenance?: boolean;
}

export interface Source {
  kind: string;
  url?: string | null;
  components?: string[] | null;
}

/** Strangers get null where the server keeps something back. */
export interface Service {
  id: string;
  name: string;
  category: Category;
  tier: 1 | 2 | 3;
  status: Status;
  status_since: string | null;
  detail: string | null;
  maintenance: boolean;
  flapping: boolean;
  poller_health: PollerHealth;
  last_good_status: Status | null;
  last_good_at: string | null;
  checked_at: string | null;
  source: Source | null;
  dependencies: string[];
  visibility: Visibility;
  impact_statement: string | null;
  updated_at: string;
  version: number;
  set_by_hand: boolean;
  owner_team: string | null;
  recent: Segment[];
  days: Day[];
  incident_ref: string | null;
}

export type Counts = Record<Status, number>;

export interface ServiceList {
  items: Service[];
  counts: Counts;
  checked_at: string | null;
}

export interface Neighbour {
  id: string;
  name: string;
  status: Status;
}

export interface StatusEvent {
  id: string;
  at: string;
  from: Status | null;
  to: Status;
  detail: string | null;
  cause: string | null;
}

export type DecisionKind =
  | 'confirmed'
  | 'not_yet'
  | 'improved'
  | 'recovered'
  | 'muted'
  | 'unchanged'
  | 'by_hand';

/** What was decided about one observation, and why. */
export interface Decision {
  id: string;
  at: string;
  kind: DecisionKind;
  sentence: string;
  status: Status;
  polls_seen: number | null;
  polls_needed: number | null;
  seconds_seen: number | null;
  seconds_needed: number | null;
  samples: { at: string; status: Status }[];
  alert_id: string | null;
}

export interface ServiceSource {
  id: string;
  kind: string;
  url: string | null;
  components: string[] | null;
  poller_health: PollerHealth;
  last_polled_at: string | null;
  last_error: string | null;
  moved_to: string | null;
}

export interface ServiceDetail extends Service {
  dependents: Neighbour[];
  dependencies_detail: Neighbour[];
  events: StatusEvent[];
  decisions: Decision[];
  sources: ServiceSource[];
  managed_by: 'file' | 'people';
}

export interface TimelineItem {
  id: string;
  at: string;
  service_id: string;
  service_name: string;
  from: Status | null;
  to: Status;
  detail: string | null;
}

export interface ServiceInput {
  id?: string;
  name?: string;
  category?: Category;
  tier?: 1 | 2 | 3;
  visibility?: Visibility;
  owner_team?: string | null;
  impact_statement?: string | null;
  dependencies?: string[];
  source?: Source;
}

export interface SourceTrial {
  status: Status;
  detail: string | null;
  components: { id: string; name: string; group: string | null; status: Status }[];
  final_url: string | null;
  response_ms: number | null;
}
