import type { Decision, Status } from './health';

export interface Alert {
  id: string;
  service_id: string;
  service_name: string;
  status: Status;
  state: 'firing' | 'acknowledged' | 'resolved';
  raised_at: string;
  resolved_at: string | null;
  reason: string;
  incident_ref: string | null;
}

export interface AlertDetail extends Alert {
  decision: Decision;
  timeline: { id: string; kind: string; at: string; text: string | null }[];
}

export type DeliveryState = 'pending' | 'sent' | 'failed' | 'superseded' | 'blocked';

export interface Delivery {
  id: string;
  channel: string;
  recipient: { kind: string; id: string | null; label: string; address: string | null };
  reason: string;
  cause: { id: string; kind: string; subject: string } | null;
  thread: string | null;
  state: DeliveryState;
  blocked_by: string | null;
  attempts: number;
  created_at: string;
  finished_at: string | null;
  last_answer: string | null;
  drill: boolean;
}

export interface Attempt {
  number: number;
  started_at: string;
  ended_at: string | null;
  outcome: string;
  answer: string | null;
}

/** One delivery with what was sent and each attempt; here `attempts` is the list, not the count. */
export interface DeliveryDetail extends Omit<Delivery, 'attempts'> {
  body: Record<string, unknown>;
  attempts: Attempt[];
}

export interface Channel {
  id: string;
  kind: 'slack' | 'mail' | 'webhook';
  name: string;
  url?: string | null;
  address?: string | null;
  tiers: number[];
  receives: ('alerts' | 'updates' | 'poller_health')[];
  from_environment: boolean;
  disabled_at: string | null;
}
