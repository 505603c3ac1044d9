import type { Counts, Neighbour, Status } from './health';
import type { DeliveryState } from './messages';

export type IncidentStatus =
  | 'open'
  | 'in_progress'
  | 'pending'
  | 'resolved'
  | 'closed'
  | 'cancelled';
export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type Level = 'high' | 'medium' | 'low';
export type Priority = 'P1' | 'P2' | 'P3' | 'P4' | 'P5';
export type Phase = 'investigating' | 'identified' | 'monitoring' | 'resolved';
/** Where the public story stands; `none` is an incident that nobody outside knows of. */
export type Face = Phase | 'none';
export type PendingReason = 'caller' | 'vendor' | 'change' | 'problem' | 'other';
export type IncidentVerb =
  | 'acknowledge'
  | 'assign'
  | 'start'
  | 'hold'
  | 'resume'
  | 'resolve'
  | 'close'
  | 'reopen'
  | 'cancel';

/** Who did something: a person, token, rule, visitor, or the system. */
export interface Actor {
  kind: string;
  label: string;
}

export interface Assignee {
  kind: 'user' | 'team';
  id: string;
  label: string;
}

export interface IncidentBrief {
  id: string;
  incident_id: string;
  uid: string;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  impact: Level;
  urgency: Level;
  priority: Priority;
  affected_services: Neighbour[];
  assigned_to: Assignee | null;
  opened_at: string;
  acknowledged_at: string | null;
  resolved_at: string | null;
  closed_at: string | null;
  started_at: string;
  sla_response_due: string | null;
  sla_resolve_due: string | null;
  sla_response_breached: boolean;
  sla_resolve_breached: boolean;
  major: boolean;
  phase: Face;
  public: boolean;
  public_title: string | null;
  tags: string[];
  recovery_observed_at: string | null;
  opened_by: Actor;
  reopen_count: number;
  version: number;
  updated_at: string;
  pending_reason: PendingReason | null;
}

/** How many deliveries stand in each state; a state without any is absent. */
export type DeliveryCounts = Partial<Record<DeliveryState, number>>;

export interface IncidentUpdate {
  id: string;
  public_id: string | null;
  phase: Phase;
  public: boolean;
  texts: Record<string, string>;
  at: string;
  recorded_at: string;
  author: Actor;
  impacts: Record<string, Status>;
  pages: string[];
  delivery_counts: DeliveryCounts;
}

/** Who a public update would reach. */
export interface Audience {
  pages: string[];
  mail: number;
  webhooks: number;
  chat: number;
}

/** An incident with its page's content: `refused` says of each verb that may not run why not. */
export interface IncidentDetail extends IncidentBrief {
  description: string | null;
  category: string | null;
  resolution_note: string | null;
  cancel_reason: string | null;
  cancelled_at: string | null;
  allowed: IncidentVerb[];
  refused: Partial<Record<IncidentVerb, string>>;
  /** Ids of the alerts that are tied to it, in the order in which they joined. */
  alerts: string[];
  /** Newest first. */
  updates: IncidentUpdate[];
  prepared_resolution: { public_message: string; resolution_note: string } | null;
  audience: Audience;
}

/** A fact of an incident's story, or of one of its alerts. */
export interface IncidentEntry {
  id: string;
  kind: string;
  subject: string;
  at: string;
  happened_at: string;
  recorded_at: string;
  actor: Actor;
  payload: Record<string, unknown>;
  text: string | null;
  visibility: 'public' | 'internal';
  silent: boolean;
  deliveries: DeliveryCounts | null;
}

export interface IncidentInput {
  title?: string;
  description?: string | null;
  category?: string | null;
  public_title?: string;
  severity?: Severity;
  impact?: Level;
  urgency?: Level;
  affected_services?: string[];
  assigned_to?: string;
  tags?: string[];
  started_at?: string;
  status?: IncidentStatus;
}

export interface VerbInput {
  /** Null takes it away from whoever has it. */
  assigned_to?: string | null;
  pending_reason?: PendingReason;
  resolution_note?: string;
  public_message?: string;
  reason?: string;
}

export interface UpdateInput {
  phase: Phase;
  title?: string;
  message?: string;
  texts?: Record<string, string>;
  public?: boolean;
  impacts?: Record<string, Status>;
  pages?: string[];
  keep_open?: boolean;
}

/** An incident as strangers know it, under its public id and title. */
export interface PublicIncident {
  id: string;
  title: string;
  phase: Phase;
  public: true;
  started_at: string;
  affected_services: Neighbour[];
}

export interface Summary {
  status: Status;
  sentence: string;
  counts: Counts;
  /** Members get them whole, strangers as the public knows them. */
  incidents: (IncidentBrief | PublicIncident)[];
}
