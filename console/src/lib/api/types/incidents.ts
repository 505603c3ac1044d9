import type { Counts, Neighbour, Status } from './health';

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
  started_at: string | null;
  sla_response_due: string | null;
  sla_resolve_due: string | null;
  sla_response_breached: boolean;
  sla_resolve_breached: boolean;
  major: boolean;
  phase: Phase | null;
  public: boolean;
  public_title: string | null;
  tags: string[];
  recovery_observed_at: string | null;
  opened_by: { kind: string; label: string } | null;
  reopen_count: number;
  version: number;
  updated_at: string;
  pending_reason: PendingReason | null;
}

export interface DeliveryCounts {
  pending: number;
  sent: number;
  failed: number;
  superseded: number;
  blocked: number;
}

export interface IncidentUpdate {
  id: string;
  phase: Phase;
  public: boolean;
  texts: Record<string, string>;
  at: string;
  author: string | null;
  impacts: Record<string, Status>;
  delivery_counts: Partial<DeliveryCounts> | null;
}

/** Who a public update would reach. */
export interface Audience {
  pages: string[];
  mail: number;
  webhooks: number;
  chat: number;
}

export interface IncidentDetail extends IncidentBrief {
  description: string | null;
  category: string | null;
  resolution_note: string | null;
  allowed: IncidentVerb[];
  refused: Partial<Record<IncidentVerb, string>>;
  updates: IncidentUpdate[];
  prepared_resolution: { public_message: string; resolution_note: string } | null;
  audience: Audience;
}

export interface IncidentEntry {
  id: string;
  kind: string;
  at: string;
  recorded_at: string;
  actor: { kind: string; label: string };
  payload: Record<string, unknown>;
  text: string | null;
  visibility: 'public' | 'internal';
  deliveries: Partial<DeliveryCounts> | null;
}

export interface IncidentInput {
  title?: string;
  description?: string;
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
  assigned_to?: string;
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

export interface Summary {
  status: Status;
  sentence: string;
  counts: Counts;
  incidents: IncidentBrief[];
}
