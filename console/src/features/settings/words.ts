import type { ChannelKind, Receives, Role } from '@/lib/api';
import { roleWords } from '@/lib/words';

export const refusal = 'You may look but not change this. Ask an admin.';

export const roles: readonly Role[] = [
  'viewer',
  'responder',
  'itsm_manager',
  'admin',
  'super_admin',
];

/** What a role may do, in one line. */
export const roleMeanings: Record<Role, string> = {
  viewer: 'Looks.',
  responder: 'Works on incidents, writes updates, sets statuses by hand.',
  itsm_manager: 'The same, and cancels, reopens, plans maintenance, declares majors.',
  admin: 'Everything but declaring majors, and services, people, pages, channels.',
  super_admin: 'Everything.',
};

export const roleChoices = roles.map((value) => ({ value, label: roleWords[value] }));

export const receivesWords: Record<Receives, string> = {
  alerts: 'Alerts',
  updates: 'Public updates',
  poller_health: 'Pollers that break',
};

export const kindWords: Record<ChannelKind, string> = {
  mail: 'Mail',
  slack: 'Slack',
  webhook: 'Webhook',
};

/** The facts a webhook may ask for, as the server knows them. */
export const events: readonly { value: string; label: string }[] = [
  { value: 'alert.raised', label: 'Alert raised' },
  { value: 'alert.released', label: 'Alert no longer held back' },
  { value: 'alert.changed', label: 'Alert changed' },
  { value: 'alert.acknowledged', label: 'Alert acknowledged' },
  { value: 'alert.resolved', label: 'Alert over' },
  { value: 'alert.flapping_began', label: 'Flapping began' },
  { value: 'alert.flapping_goes_on', label: 'Still flapping' },
  { value: 'alert.flapping_ended', label: 'Flapping ended' },
  { value: 'objective.burn_began', label: 'Error budget burns' },
  { value: 'objective.burn_ended', label: 'Error budget calm again' },
  { value: 'incident.opened', label: 'Incident opened' },
  { value: 'incident.acknowledged', label: 'Incident acknowledged' },
  { value: 'incident.resolved', label: 'Incident resolved' },
  { value: 'incident.reopened', label: 'Incident reopened' },
  { value: 'incident.closed', label: 'Incident closed' },
  { value: 'incident.cancelled', label: 'Incident cancelled' },
  { value: 'incident.update_published', label: 'Public update' },
  { value: 'signal.poller_broke', label: 'Poller broke' },
  { value: 'signal.poller_recovered', label: 'Poller recovered' },
  { value: 'signal.source_moved', label: 'Source moved' },
  { value: 'signal.components_vanished', label: 'Components gone' },
  { value: 'audit.found', label: 'Fault of Tocsin found' },
  { value: 'audit.gone', label: 'Fault of Tocsin gone' },
];

/** What a webhook hears that asked for nothing in particular. */
export const usualEvents: readonly string[] = [
  'alert.raised',
  'alert.resolved',
  'incident.opened',
  'incident.resolved',
  'incident.update_published',
];

/** "Every tier", "Tier 1", "Tiers 1 and 2". */
export function tierWords(tiers: readonly number[]): string {
  if (tiers.length === 3) return 'Every tier';
  if (tiers.length === 0) return 'No tier';
  return tiers.length === 1 ? `Tier ${tiers[0]}` : `Tiers ${tiers.join(' and ')}`;
}
