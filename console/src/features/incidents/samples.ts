import type { IncidentBrief, IncidentDetail, IncidentEntry, IncidentUpdate } from '@/lib/api';

/** Shapes for tests: an incident that was opened a moment ago, with whatever is different. */
export function sampleBrief(different: Partial<IncidentBrief> = {}): IncidentBrief {
  return {
    id: 'INC0000001',
    incident_id: 'INC0000001',
    uid: '00',
    title: 'Card payments fail',
    status: 'open',
    severity: 'medium',
    impact: 'medium',
    urgency: 'medium',
    priority: 'P3',
    affected_services: [],
    assigned_to: null,
    opened_at: '2026-11-21T08:52:00Z',
    acknowledged_at: null,
    resolved_at: null,
    closed_at: null,
    started_at: '2026-11-21T08:50:00Z',
    sla_response_due: null,
    sla_resolve_due: null,
    sla_response_breached: false,
    sla_resolve_breached: false,
    major: false,
    phase: 'none',
    public: false,
    public_title: null,
    tags: [],
    recovery_observed_at: null,
    opened_by: { kind: 'person', label: 'Support desk' },
    reopen_count: 0,
    version: 1,
    updated_at: '2026-11-21T08:52:00Z',
    pending_reason: null,
    ...different,
  };
}

export function sampleDetail(different: Partial<IncidentDetail> = {}): IncidentDetail {
  return {
    ...sampleBrief(),
    description: null,
    category: null,
    resolution_note: null,
    cancel_reason: null,
    cancelled_at: null,
    allowed: ['acknowledge', 'assign', 'start', 'hold', 'resolve', 'cancel'],
    refused: {},
    alerts: [],
    updates: [],
    prepared_resolution: null,
    audience: { pages: ['main'], mail: 0, webhooks: 0, chat: 0 },
    ...different,
  };
}

export function sampleUpdate(different: Partial<IncidentUpdate> = {}): IncidentUpdate {
  return {
    id: 'u',
    public_id: 'x',
    phase: 'investigating',
    public: true,
    texts: { en: 'We are looking into it.' },
    at: '2026-11-21T09:00:00Z',
    recorded_at: '2026-11-21T09:00:00Z',
    author: { kind: 'person', label: 'Support desk' },
    impacts: {},
    pages: ['main'],
    delivery_counts: {},
    ...different,
  };
}

export function sampleEntry(different: Partial<IncidentEntry> = {}): IncidentEntry {
  return {
    id: 'e',
    kind: 'incident.acknowledged',
    subject: 'incident:00',
    at: '2026-11-21T09:00:00Z',
    happened_at: '2026-11-21T09:00:00Z',
    recorded_at: '2026-11-21T09:00:00Z',
    actor: { kind: 'person', label: 'Payments lead' },
    payload: {},
    text: null,
    visibility: 'internal',
    silent: false,
    deliveries: null,
    ...different,
  };
}
