import type { Channel, ChannelInput, ChannelKind, Receives } from '@/lib/api';
import { usualEvents } from '../words';

/** A channel as it stands in the form; `place` is the mail address or the URL. */
export interface ChannelFields {
  kind: ChannelKind;
  place: string;
  name: string;
  tiers: number[];
  receives: Receives[];
  events: string[];
}

export const tiers: readonly number[] = [1, 2, 3];

/** The form of a channel; the URL of one that exists is a secret and stands empty. */
export function channelFields(channel: Channel | null, kind: ChannelKind): ChannelFields {
  if (!channel) {
    return {
      kind,
      place: '',
      name: '',
      tiers: [...tiers],
      receives: ['alerts', 'updates'],
      events: [...usualEvents],
    };
  }
  return {
    kind: channel.kind,
    place: channel.kind === 'mail' ? channel.address : '',
    name: channel.name,
    tiers: channel.tiers,
    receives: channel.receives,
    events: channel.events,
  };
}

/** What is sent: the place under the name its kind gives it, and what its kind hears by. */
export function inputOf({ kind, place, name, ...rest }: ChannelFields): Omit<ChannelInput, 'kind'> {
  const where = place.trim();
  return {
    ...(where && (kind === 'mail' ? { address: where } : { url: where })),
    ...(name.trim() && { name: name.trim() }),
    tiers: tiers.filter((tier) => rest.tiers.includes(tier)),
    ...(kind === 'webhook' ? { events: rest.events } : { receives: rest.receives }),
  };
}
