import {
  Ban,
  BellOff,
  BellRing,
  Check,
  CircleCheck,
  GitMerge,
  HeartPulse,
  Lock,
  type LucideIcon,
  MessageSquare,
  Pause,
  PencilLine,
  Play,
  Radio,
  RotateCcw,
  Siren,
  UserRound,
} from 'lucide-react';
import type { IncidentEntry, PendingReason, Phase, Status } from '@/lib/api';
import { listed, phaseWords, stateWords } from '@/lib/words';
import { waitsFor } from '../clocks';

export type Shelf = 'public' | 'notes' | 'alerts' | 'changes';

/** How an entry is told: an icon, two or three words, the rest of the line, and where it is kept. */
export interface Told {
  icon: LucideIcon;
  title: string;
  /** Begins with its own comma or space. */
  rest: string;
  shelf: Shelf;
  kind: 'public' | 'internal' | 'plain';
  /** Whether what was written stands in a box below; else it ends the line. */
  boxed: boolean;
  alert?: string;
}

/** Names for what facts hold as ids. */
export interface Names {
  service: (id: string) => string;
  /** Of an assignee: "user:…", "team:…". */
  assignee: (key: string) => string;
}

type Teller = (entry: IncidentEntry, names: Names) => Partial<Told> & Pick<Told, 'icon' | 'title'>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const by = ({ actor }: IncidentEntry) => ` by ${actor.label}`;
const dot = (words: string) => `${words}.`;

const fieldWords: Record<string, string> = {
  title: 'title',
  description: 'description',
  category: 'category',
  severity: 'severity',
  impact: 'impact',
  urgency: 'urgency',
  priority: 'priority',
  affected_services: 'affected services',
  tags: 'tags',
  started_at: 'start',
  public_title: 'public title',
  resolution_note: 'resolution note',
  assigned_to: 'owner',
};

function edited({ payload }: IncidentEntry): string {
  const fields = Array.isArray(payload.fields) ? payload.fields.map(String) : [];
  const before = (payload.before ?? {}) as Record<string, unknown>;
  const after = (payload.after ?? {}) as Record<string, unknown>;
  return listed(
    fields.map((field) => {
      const name = fieldWords[field] ?? field.replaceAll('_', ' ');
      const [from, to] = [before[field], after[field]];
      const short = typeof from === 'string' && typeof to === 'string';
      return short ? `${name} from ${from} to ${to}` : name;
    }),
  );
}

function ofAlert({ subject, payload }: IncidentEntry) {
  const alert = subject.startsWith('alert:') ? subject.slice('alert:'.length) : text(payload.alert);
  return alert ? { alert } : {};
}

function stateOfAlert({ payload }: IncidentEntry, names: Names): string {
  const status = stateWords[text(payload.status) as Status]?.toLowerCase();
  const service = names.service(text(payload.service_id) || text(payload.service));
  return status ? `${service}: ${status}` : service;
}

const tellers: Record<string, Teller> = {
  'incident.opened': (entry) => {
    const rule = text(entry.payload.rule);
    return rule || entry.actor.kind === 'rule'
      ? {
          icon: Siren,
          title: 'Opened by rule',
          rest: dot(` ${rule || entry.actor.label.replace(/^Rule /, '')}`),
          ...ofAlert(entry),
        }
      : { icon: Siren, title: 'Opened', rest: dot(by(entry)) };
  },
  'incident.acknowledged': (entry) => ({
    icon: Check,
    title: 'Acknowledged',
    rest: dot(by(entry)),
  }),
  'incident.assigned': (entry, names) => {
    const key = text(entry.payload.assignee);
    return key
      ? { icon: UserRound, title: 'Assigned', rest: dot(` to ${names.assignee(key)}${by(entry)}`) }
      : { icon: UserRound, title: 'Taken away', rest: dot(` from its owner${by(entry)}`) };
  },
  'incident.started': (entry) => ({ icon: Play, title: 'Started', rest: dot(by(entry)) }),
  'incident.held': (entry) => {
    const reason = waitsFor[text(entry.payload.reason) as PendingReason] ?? 'somebody';
    return { icon: Pause, title: 'On hold', rest: dot(`, waits for ${reason},${by(entry)}`) };
  },
  'incident.resumed': (entry) => ({ icon: Play, title: 'Resumed', rest: dot(by(entry)) }),
  'incident.resolved': (entry) => ({
    icon: CircleCheck,
    title: entry.payload.by_rule ? 'Resolved by rule' : 'Resolved',
    rest: entry.payload.by_rule ? '' : by(entry),
    kind: 'internal',
    boxed: true,
  }),
  'incident.closed': (entry) => ({ icon: Lock, title: 'Closed', rest: dot(by(entry)) }),
  'incident.reopened': (entry) => ({ icon: RotateCcw, title: 'Reopened', rest: dot(by(entry)) }),
  'incident.cancelled': (entry) => ({
    icon: Ban,
    title: 'Cancelled',
    rest: by(entry),
    kind: 'internal',
    boxed: true,
  }),
  'incident.edited': (entry) => ({
    icon: PencilLine,
    title: 'Changed',
    rest: dot(` ${edited(entry)}${by(entry)}`),
  }),
  'incident.archived': (entry) => ({ icon: Ban, title: 'Archived', rest: dot(by(entry)) }),
  'incident.commented': (entry) => ({
    icon: MessageSquare,
    title: 'Comment',
    rest: by(entry),
    shelf: 'notes',
    kind: 'internal',
    boxed: true,
  }),
  'incident.update_noted': (entry) => ({
    icon: Lock,
    title: 'Internal note',
    rest: by(entry),
    shelf: 'notes',
    kind: 'internal',
    boxed: true,
  }),
  'incident.update_published': (entry) => {
    const phase = phaseWords[text(entry.payload.phase) as Phase];
    return {
      icon: Radio,
      title: 'Public update',
      rest: `${phase ? `, ${phase}` : ''},${by(entry)}`,
      shelf: 'public',
      kind: 'public',
      boxed: true,
    };
  },
  'incident.alert_joined': (entry, names) => ({
    icon: GitMerge,
    title: 'Alert joined',
    rest: dot(` ${stateOfAlert(entry, names)}`),
    shelf: 'alerts',
    ...ofAlert(entry),
  }),
  'incident.recovery_observed': () => ({
    icon: HeartPulse,
    title: 'Recovery observed',
    rest: '. A person is on it and decides.',
    shelf: 'alerts',
  }),
  'alert.raised': (entry, names) => ({
    icon: BellRing,
    title: 'Alert raised',
    rest: dot(` ${stateOfAlert(entry, names)}`),
    shelf: 'alerts',
    ...ofAlert(entry),
  }),
  'alert.changed': (entry, names) => ({
    icon: BellRing,
    title: 'Alert changed',
    rest: dot(` ${stateOfAlert(entry, names)}`),
    shelf: 'alerts',
    ...ofAlert(entry),
  }),
  'alert.acknowledged': (entry) => ({
    icon: Check,
    title: 'Alert acknowledged',
    rest: dot(by(entry)),
    shelf: 'alerts',
    ...ofAlert(entry),
  }),
  'alert.resolved': (entry, names) => ({
    icon: BellOff,
    title: 'Alert over',
    rest: dot(` ${names.service(text(entry.payload.service_id))} recovered`),
    shelf: 'alerts',
    ...ofAlert(entry),
  }),
};

/** Tells a fact in words; one that is not known yet goes by its own name. */
export function tell(entry: IncidentEntry, names: Names): Told {
  const teller = tellers[entry.kind];
  const told = teller?.(entry, names) ?? {
    icon: PencilLine,
    title: entry.kind.replace(/^.*\./, '').replaceAll('_', ' '),
    rest: dot(by(entry)),
  };
  return { rest: '', shelf: 'changes', kind: 'plain', boxed: false, ...told };
}

/** "1,321 of 1,326 delivered, 2 failed"; null where nothing was sent. */
export function deliveredWords(entry: Pick<IncidentEntry, 'deliveries'>): string | null {
  const { sent = 0, pending = 0, failed = 0, blocked = 0, superseded = 0 } = entry.deliveries ?? {};
  const all = sent + pending + failed + blocked + superseded;
  if (all === 0) return null;
  const n = (value: number) => value.toLocaleString('en-GB');
  const troubles = [failed && `${n(failed)} failed`, blocked && `${n(blocked)} blocked`].filter(
    Boolean,
  );
  return [`${n(sent)} of ${n(all)} delivered`, ...troubles].join(', ');
}
