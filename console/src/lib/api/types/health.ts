import type { AlertDecision } from './messages';

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
  managed_by: 'file' | 'people' | null;
  description: string | null;
  confirmed_status: Status;
  recent: Segment[];
  days: Day[];
}

export type Counts = Record<Status, number>;

export interface ServiceList {
  items: Service[];
  counts: Counts;
}

export interface Neighbour {
  id: string;
  name: string;
  status: Status;
}

/** A change of a service's raw status. */
export interface StatusEvent {
  id: string;
  at: string;
  service_id: string;
  service_name: string;
  before: Status;
  after: Status;
  detail: string | null;
  by_hand: boolean;
}

/** One of a service's sources; `declared` marks the one that the service itself names. */
export interface ServiceSource {
  id: string;
  name: string | null;
  kind: string;
  url: string | null;
  components: string[];
  status: Status;
  detail: string | null;
  poller_health: PollerHealth;
  last_polled_at: string | null;
  last_error: string | null;
  moved_to: string | null;
  vanished: string[];
  response_ms: number | null;
  declared: boolean;
  version: number;
}

export interface ServiceDetail extends Service {
  dependents: Neighbour[];
  dependencies_detail: Neighbour[];
  events: StatusEvent[];
  /** Null for strangers. */
  decisions: AlertDecision[] | null;
  /** Null for strangers. */
  sources: ServiceSource[] | null;
}

export interface ServiceInput {
  id?: string;
  name?: string;
  category?: Category;
  tier?: 1 | 2 | 3;
  visibility?: Visibility;
  owner_team?: string | null;
  description?: string | null;
  dependencies?: string[];
  /** The fields beside `kind` are the kind's own. */
  source?: Record<string, unknown> & { kind: string };
}

/** What trying out a source found; `error` says why there is no answer that can be read. */
export interface SourceTrial {
  status: Status;
  detail: string;
  maintenance: boolean;
  name: string | null;
  final_url: string | null;
  response_ms: number | null;
  components: { id: string; name: string; group: string | null; status: Status }[];
  missing: string[];
  error: string | null;
}
