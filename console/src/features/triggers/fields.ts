import type { Severity, Trigger, TriggerInput } from '@/lib/api';

/** What the form holds; an empty service is every service. */
export interface Fields {
  name: string;
  condition: string;
  service: string;
  minutes: string;
  severity: Severity;
  creates: boolean;
  enabled: boolean;
}

export function fieldsOf(trigger: Trigger | null): Fields {
  return {
    name: trigger?.name ?? '',
    condition: trigger?.condition ?? 'response_time > 30000 OR status_code >= 500',
    service: trigger?.service_id ?? '',
    minutes: String(trigger?.duration_minutes ?? 5),
    severity: trigger?.severity ?? 'medium',
    creates: trigger?.auto_create_incident ?? false,
    enabled: trigger?.enabled ?? true,
  };
}

export function inputOf(fields: Fields): TriggerInput {
  return {
    name: fields.name.trim(),
    condition: fields.condition.trim(),
    service_id: fields.service || null,
    duration_minutes: minutesOf(fields.minutes) ?? -1,
    severity: fields.severity,
    auto_create_incident: fields.creates,
    enabled: fields.enabled,
  };
}

/** Whole minutes as typed, null for anything else; the server says what is too long. */
export function minutesOf(typed: string): number | null {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : null;
}
