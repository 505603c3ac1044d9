import type { IncidentBrief, IncidentDetail, IncidentEntry, IncidentUpdate } from '@/lib/api';
import { incident } from '@/lib/testing/samples';

/** Shapes for tests: an incident that was opened a moment ago, with whatever is different. */
export function sampleBrief(different: Partial<IncidentBrief> = {}): IncidentBrief {
  return incident(1, { title: 'Card payments fail', ...different });
}

export function sampleDetail(different: Partial<IncidentDetail> = {}): IncidentDetail {
  return {
    ...sampleBrief(),
    description: null,
    category: null,
    resolution_note: null,
    cancel_reason: null,
    severity_reason: null,
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
