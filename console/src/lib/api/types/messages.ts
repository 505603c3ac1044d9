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

export interface Recipient {
  kind: string;
  id: string;
  label: string;
  address: string;
}

/** What lists and details tell of a delivery alike; `cause` is the fact that it tells of. */
interface DeliveryFacts {
  id: string;
  channel: string;
  recipient: Recipient;
  reason: string;
  purpose: string;
  cause: { id: string; kind: string; subject: string } | null;
  thread: string;
  state: DeliveryState;
  /** The setting that a blocked one waits for. */
  blocked_by: string | null;
  created_at: string;
  /** When a pending one is tried next. */
  ready_at: string;
  finished_at: string | null;
  last_answer: string | null;
  drill: boolean;
}

/** One message to one recipient; `attempts` is how many there were. */
export interface Delivery extends DeliveryFacts {
  attempts: number;
}

export interface Attempt {
  number: number;
  started_at: string;
  ended_at: string;
  /** sent, failed or interrupted. */
  outcome: string;
  answer: string;
}

/** One delivery with what was said and each attempt; personal links in it are hidden. */
export interface DeliveryDetail extends DeliveryFacts {
  body: unknown;
  attempts: Attempt[];
}

export type ChannelKind = 'slack' | 'mail' | 'webhook';
export type Receives = 'alerts' | 'updates' | 'poller_health';

/** Somewhere to send to; `address` is a mail address, or the host of a URL that nobody may see. */
export interface Channel {
  id: string;
  kind: ChannelKind;
  name: string;
  address: string;
  tiers: number[];
  receives: Receives[];
  /** The facts a webhook asked for. */
  events: string[];
  from_environment: boolean;
  failing_since: string | null;
  disabled_at: string | null;
  version: number;
  created_at: string | null;
  updated_at: string | null;
}

/** A channel that was just added; `secret` signs a webhook's messages and is shown this once. */
export interface NewChannel extends Channel {
  secret: string | null;
}

/** `url` for Slack and webhooks, `address` for mail. */
export interface ChannelInput {
  name?: string;
  url?: string;
  address?: string;
  tiers?: number[];
  receives?: Receives[];
  events?: string[];
}
