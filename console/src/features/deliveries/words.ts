import type { Delivery } from '@/lib/api';
import { sentenceCase } from '@/lib/words';

const causes: Record<string, string> = {
  'incident.update_published': 'Public update',
  'incident.opened': 'Incident opened',
  'incident.acknowledged': 'Incident acknowledged',
  'incident.resolved': 'Incident resolved',
  'incident.reopened': 'Incident reopened',
  'incident.closed': 'Incident closed',
  'incident.cancelled': 'Incident cancelled',
  'alert.raised': 'Alert raised',
  'alert.released': 'Alert no longer held back',
  'alert.changed': 'Alert changed',
  'alert.flapping_began': 'Flapping began',
  'alert.flapping_goes_on': 'Still flapping',
  'alert.flapping_ended': 'Flapping ended',
  'alert.acknowledged': 'Alert acknowledged',
  'alert.resolved': 'Alert over',
  'signal.poller_broke': 'Poller broke',
  'signal.poller_recovered': 'Poller recovered',
  'signal.source_moved': 'Source moved',
  'signal.components_vanished': 'Components gone',
  'audit.found': 'Fault of Tocsin found',
  'audit.gone': 'Fault of Tocsin gone',
};

/** What a delivery tells of: "Public update"; a fact that is new to us goes by its own name. */
export function causeWords({ cause }: Pick<Delivery, 'cause'>): string {
  if (!cause) return 'Message';
  return causes[cause.kind] ?? sentenceCase(cause.kind.replace(/[._]/g, ' '));
}

/** Who gets it: the name of a channel, the address of a subscriber. */
export function recipientWords({ recipient }: Pick<Delivery, 'recipient'>): string {
  return recipient.label || recipient.address || recipient.id;
}

/** Where the subject of a fact is looked at, if it has a page: "incident:…", "alert:…". */
export function addressOfSubject(subject: string): string | null {
  const [noun, id] = subject.split(':');
  const rooms: Record<string, string> = {
    incident: '/incidents/',
    alert: '/alerts/',
    service: '/services/',
  };
  const room = noun && rooms[noun];
  return room && id ? room + id : null;
}

/** What stands in a message, as a person would read it, and all of it as it was sent. */
export interface Said {
  subject: string | null;
  text: string | null;
  raw: string;
}

/** Reads the body of a message, whatever its channel made of it. */
export function saidIn(body: unknown): Said {
  const raw = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  if (typeof body !== 'object' || body === null) return { subject: null, text: null, raw };
  const { subject, text } = body as Record<string, unknown>;
  const words = (value: unknown) => (typeof value === 'string' && value.trim() ? value : null);
  return { subject: words(subject), text: words(text), raw };
}
