import type { IncidentDetail } from '@/lib/api';
import { incidentWords, listed, phaseWords } from '@/lib/words';

export interface Difference {
  field: string;
  before: string;
  after: string;
}

const nothing = 'nothing';

const fields: readonly [string, (incident: IncidentDetail) => string][] = [
  ['Title', ({ title }) => title],
  ['State', ({ status }) => incidentWords[status]],
  ['Owner', ({ assigned_to }) => assigned_to?.label ?? 'nobody'],
  ['Severity', ({ severity }) => severity],
  ['Impact', ({ impact }) => impact],
  ['Urgency', ({ urgency }) => urgency],
  ['Priority', ({ priority }) => priority],
  ['Services', ({ affected_services }) => listed(affected_services.map(({ name }) => name))],
  ['Tags', ({ tags }) => tags.join(', ')],
  ['Category', ({ category }) => category ?? ''],
  ['Description', ({ description }) => description ?? ''],
  ['Public title', ({ public_title }) => public_title ?? ''],
  ['Public phase', ({ phase }) => (phase === 'none' ? '' : phaseWords[phase])],
  ['Resolution note', ({ resolution_note }) => resolution_note ?? ''],
  ['Updates', ({ updates }) => String(updates.length)],
];

/** What is different between what somebody looked at and what is there now. */
export function differences(before: IncidentDetail, after: IncidentDetail): Difference[] {
  return fields
    .map(([field, read]) => ({
      field,
      before: read(before) || nothing,
      after: read(after) || nothing,
    }))
    .filter((each) => each.before !== each.after);
}
