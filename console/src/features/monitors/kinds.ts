import type { OwnKind } from '@/lib/kinds';
import { http } from './http';
import { type FieldSpec, same, slowest } from './spec';

const host: FieldSpec = {
  name: 'host',
  label: 'Host',
  control: 'text',
  placeholder: 'db.company.example',
  wide: true,
};
const tcp: FieldSpec[] = [
  host,
  { name: 'port', label: 'Port', control: 'number' },
  { name: 'send', label: 'Sends', control: 'text', folded: true },
  { name: 'expect', label: 'Must answer', control: 'text', hint: 'Optional.', folded: true },
  slowest,
];

const tls: FieldSpec[] = [
  { ...host, placeholder: 'www.company.example' },
  { name: 'port', label: 'Port', control: 'number', initial: '443' },
  {
    name: 'warn_days',
    label: 'Degraded below, in days',
    control: 'number',
    initial: '21',
  },
  {
    name: 'critical_days',
    label: 'Partial outage below, in days',
    control: 'number',
    initial: '3',
  },
  {
    name: 'starttls',
    label: 'STARTTLS',
    control: 'choice',
    initial: '',
    choices: [{ value: '', label: 'No, TLS at once' }, ...same('smtp', 'imap', 'pop3')],
    hint: 'For mail servers.',
    folded: true,
  },
  {
    name: 'server_name',
    label: 'Server name',
    control: 'text',
    hint: 'If it is not the host.',
    folded: true,
  },
];

const dns: FieldSpec[] = [
  {
    name: 'domain',
    label: 'Name',
    control: 'text',
    placeholder: 'company.example',
    wide: true,
  },
  {
    name: 'record_type',
    label: 'Record',
    control: 'choice',
    initial: 'A',
    choices: same('A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'CAA'),
  },
  {
    name: 'match',
    label: 'Must hold',
    control: 'choice',
    initial: 'any',
    choices: [
      { value: 'any', label: 'Any of the values' },
      { value: 'all', label: 'All of the values' },
    ],
  },
  {
    name: 'expected',
    label: 'Values',
    control: 'lines',
    hint: 'One per line; none: it is enough that there is a record.',
    wide: true,
  },
  {
    name: 'resolvers',
    label: 'Name servers',
    control: 'commas',
    placeholder: '9.9.9.9',
    hint: 'Up to three; none: the system’s own.',
    folded: true,
  },
  { name: 'resolver_port', label: 'At port', control: 'number', initial: '53', folded: true },
];

const ping: FieldSpec[] = [
  host,
  { name: 'packets', label: 'Echoes per check', control: 'number', initial: '3', folded: true },
  {
    name: 'degraded_loss_percent',
    label: 'Degraded from, in % lost',
    control: 'number',
    initial: '20',
    folded: true,
  },
  {
    name: 'down_loss_percent',
    label: 'Down from, in % lost',
    control: 'number',
    initial: '100',
    folded: true,
  },
  slowest,
];

const heartbeat: FieldSpec[] = [
  {
    name: 'schedule',
    label: 'The job runs',
    control: 'choice',
    initial: 'interval',
    choices: [
      { value: 'interval', label: 'At least every so often' },
      { value: 'cron', label: 'By a cron expression' },
    ],
    wide: true,
  },
  {
    name: 'interval_seconds',
    label: 'Every, in seconds',
    control: 'number',
    initial: '86400',
    when: ({ schedule }) => schedule !== 'cron',
  },
  {
    name: 'cron',
    label: 'Cron expression',
    control: 'text',
    placeholder: '30 2 * * *',
    hint: 'Minute, hour, day, month, day of the week.',
    when: ({ schedule }) => schedule === 'cron',
  },
  {
    name: 'time_zone',
    label: 'Time zone',
    control: 'zone',
    initial: 'UTC',
    hint: 'Whose clocks the job follows.',
    when: ({ schedule }) => schedule === 'cron',
  },
  {
    name: 'grace_seconds',
    label: 'Grace, in seconds',
    control: 'number',
    initial: '300',
    hint: 'How late a ping may be.',
  },
  {
    name: 'max_duration_seconds',
    label: 'Runs at most, in seconds',
    control: 'number',
    hint: 'Counted from its /start; optional.',
  },
];

const pace: FieldSpec[] = [
  { name: 'interval_seconds', label: 'Every, in seconds', control: 'number', initial: '60' },
  { name: 'timeout_seconds', label: 'Waits at most, in seconds', control: 'number', initial: '10' },
  {
    name: 'retries',
    label: 'Retries',
    control: 'number',
    initial: '1',
    hint: 'Asked again before it counts as bad.',
  },
];

/** What each kind is for, and its own fields; `pace` belongs to all but heartbeats. */
export const kinds: Record<OwnKind, { words: string; fields: readonly FieldSpec[] }> = {
  http: { words: 'A website or HTTP interface', fields: [...http, ...pace] },
  tcp: { words: 'A port', fields: [...tcp, ...pace] },
  tls: { words: 'A certificate', fields: [...tls, ...pace] },
  dns: { words: 'A DNS record', fields: [...dns, ...pace] },
  ping: { words: 'A host, by ping', fields: [...ping, ...pace] },
  heartbeat: { words: 'A job that reports by itself', fields: heartbeat },
};
