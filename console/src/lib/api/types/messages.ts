import type { Status } from './health';

/** What one look at a service led to. */
export type Verdict =
  | 'confirmed'
  | 'muted'
  | 'improved'
  | 'recovered'
  | 'sight_lost'
  | 'sight_regained'
  | 'not_yet'
  | 'unchanged'
  | 'stale';

/** A decision with the measured values beside what was needed; seconds are null where no age was asked for. */
export interface AlertDecision {
  id: string;
  at: string;
  verdict: Verdict;
  sentence: string;
  status: Status;
  observed: Status;
  target: Status;
  since: string | null;
  polls_seen: number | null;
  polls_needed: number | null;
  seconds_seen: number | null;
  seconds_needed: number | null;
  episode: number | null;
  by_hand: boolean;
}

export type AlertState = 'firing' | 'acknowledged' | 'resolved';

/** One episode of trouble of one service; `worst` is the worst status it stood at. */
export interface Alert {
  id: string;
  service_id: string;
  service_name: string;
  tier: 1 | 2 | 3;
  episode: number;
  status: Status;
  worst: Status;
  state: AlertState;
  since: string;
  raised_at: string;
  changed_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  resolved_at: string | null;
  incident_ref?: string | null;
}

/** An alert with the decision that last changed it and those of its episode, newest first. */
export interface AlertDetail extends Alert {
  decision: AlertDecision | null;
  decisions: AlertDecision[];
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

export type ChannelKind = 'slack' | 'mail' | 'webhook';
export type Receives = 'alerts' | 'updates' | 'poller_health';

export interface Channel {
  id: string;
  kind: ChannelKind;
  name: string;
  url?: string | null;
  address?: string | null;
  tiers: number[];
  receives: Receives[];
  from_environment: boolean;
  disabled_at: string | null;
}

/** An outgoing webhook (Standard Webhooks); `secret` is answered once, when it is made. */
export interface Webhook {
  id: string;
  url: string;
  name: string | null;
  events: string[];
  disabled_at: string | null;
  created_at?: string;
  secret?: string | null;
}
