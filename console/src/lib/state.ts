import type { Service } from './api';
import type { State } from './words';

type Seen = Pick<Service, 'status' | 'maintenance' | 'poller_health'>;

/** What a service looks like: trouble first, then a blind poller, then maintenance, then its status. */
export function stateOf({ status, maintenance, poller_health }: Seen): State {
  if (poller_health === 'broken') return 'poller_broken';
  if (maintenance && (status === 'operational' || status === 'unknown')) return 'maintenance';
  return status;
}
