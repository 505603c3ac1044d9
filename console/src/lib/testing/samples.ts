import type { IncidentBrief, Me, Service, ServiceDetail } from '../api';

/** The instant at which samples were taken. */
export const sampledAt = '2026-11-21T09:18:00Z';

export const member: Me = {
  user: { id: 'u1', name: 'Database on-call', email: 'db@larkfield.example' },
  tenant: { slug: 'default', name: 'Larkfield Pay' },
  roles: ['responder'],
  permissions: ['board.read', 'services.read', 'incidents.read', 'incidents.open', 'status.set'],
  csrf_token: 'secret',
  set_up: true,
  dashboard_public: true,
  demo: false,
};

export const stranger: Me = { ...member, user: null, roles: [], permissions: [], csrf_token: null };

/** A healthy service; say what is different. */
export function service(name: string, more: Partial<Service> = {}): Service {
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    category: 'engineering',
    tier: 1,
    status: 'operational',
    status_since: '2026-11-21T08:52:00Z',
    confirmed_status: 'operational',
    detail: null,
    description: null,
    maintenance: false,
    flapping: false,
    flapping_since: null,
    flap_changes: 0,
    poller_health: 'ok',
    last_good_status: 'operational',
    last_good_at: sampledAt,
    checked_at: sampledAt,
    source: { kind: 'statuspage', url: 'https://status.vendor.example' },
    dependencies: [],
    visibility: 'public',
    impact_statement: null,
    owner_team: null,
    managed_by: 'people',
    set_by_hand: false,
    recent: [{ start: '2026-11-21T07:00:00Z', end: null, status: 'operational' }],
    days: [{ date: '2026-11-21', status: 'operational', maintenance: false }],
    updated_at: sampledAt,
    version: 1,
    ...more,
  };
}

export function serviceDetail(name: string, more: Partial<ServiceDetail> = {}): ServiceDetail {
  return {
    ...service(name),
    dependencies_detail: [],
    dependents: [],
    events: [],
    decisions: [],
    sources: [],
    impact: [],
    ...more,
  };
}

/** An open incident; say what is different. */
export function incident(number: number, more: Partial<IncidentBrief> = {}): IncidentBrief {
  const ref = `INC${String(number).padStart(7, '0')}`;
  return {
    id: ref,
    incident_id: ref,
    uid: `uid-${number}`,
    title: `Incident ${number}`,
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
    updated_at: sampledAt,
    pending_reason: null,
    ...more,
  };
}
