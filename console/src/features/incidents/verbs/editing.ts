import type { IncidentChange, IncidentDetail, Level, Severity } from '@/lib/api';

/** The fields of the edit dialog as they stand in it; tags are written with commas. */
export interface Edited {
  title: string;
  public_title: string;
  description: string;
  severity: Severity;
  impact: Level;
  urgency: Level;
  affected_services: string[];
  tags: string;
}

export function editedFields(incident: IncidentDetail): Edited {
  return {
    title: incident.title,
    public_title: incident.public_title ?? '',
    description: incident.description ?? '',
    severity: incident.severity,
    impact: incident.impact,
    urgency: incident.urgency,
    affected_services: incident.affected_services.map(({ id }) => id),
    tags: incident.tags.join(', '),
  };
}

const tagsIn = (text: string) =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

/** Only what differs from the incident that was looked at, so that others' work is left alone. */
export function whatIsEdited(incident: IncidentDetail, fields: Edited): IncidentChange {
  const before = editedFields(incident);
  const touched = (Object.keys(fields) as (keyof Edited)[]).filter(
    (field) => JSON.stringify(fields[field]) !== JSON.stringify(before[field]),
  );
  const whole: Record<keyof Edited, unknown> = {
    ...fields,
    title: fields.title.trim(),
    public_title: fields.public_title.trim(),
    description: fields.description.trim() || null,
    tags: tagsIn(fields.tags),
  };
  return Object.fromEntries(touched.map((field) => [field, whole[field]]));
}
