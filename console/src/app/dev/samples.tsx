import { Lock, Pause, PhoneCall, Radio, Siren } from 'lucide-react';
import { Button } from '@/components/Button';
import { BarStrip } from '@/components/bars/BarStrip';
import { Card } from '@/components/Card';
import { Clock, ClockLine } from '@/components/clock/Clock';
import type { Promised } from '@/components/clock/reading';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { LiveDot } from '@/components/LiveDot';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { Row, RowLink, Rows } from '@/components/rows/Rows';
import type { RowState } from '@/components/rows/useRowCursor';
import { Skeleton } from '@/components/Skeleton';
import { StatusChip } from '@/components/StatusChip';
import { Tag } from '@/components/Tag';
import { ToastCard } from '@/components/Toasts';
import { Timeline, TimelineEntry } from '@/components/timeline/Timeline';
import { ApiProblem, type Day, type Priority, type Status } from '@/lib/api';
import { type State, stateWords } from '@/lib/words';
import styles from './Gallery.module.css';

const minute = 60_000;
const now = new Date().setHours(10, 18, 0, 0);
const at = (hours: number, minutes: number) => new Date().setHours(hours, minutes, 0, 0);
const iso = (hours: number, minutes: number) => new Date(at(hours, minutes)).toISOString();

export function Statuses() {
  return (
    <div className={styles.flow}>
      {(Object.keys(stateWords) as State[]).map((state) => (
        <StatusChip key={state} state={state} />
      ))}
    </div>
  );
}

export function Marks() {
  return (
    <div className={styles.flow}>
      <PriorityBadge priority="P1" />
      <PriorityBadge priority="P2" />
      <PriorityBadge priority="P3" />
      <Tag kind="flapping">Flapping, 7 in 1 h</Tag>
      <Tag kind="major">Major</Tag>
      <Tag kind="internal">Internal</Tag>
      <Tag kind="public">Public</Tag>
      <LiveDot live at={now - 4000} now={now} />
      <LiveDot live={false} at={at(10, 17)} now={now} />
    </div>
  );
}

export function Verbs() {
  return (
    <div className={`${styles.flow} ${styles.tight}`}>
      <Button tone="primary" keys="r">
        Resolve
      </Button>
      <Button keys="h">Hold</Button>
      <Button refused="It is closed already.">Hold</Button>
      <Button tone="quiet" keys=".">
        More
      </Button>
      <Button tone="danger">Delete page</Button>
    </div>
  );
}

const resolution: Promised = {
  name: 'Resolution',
  startedAt: at(9, 17),
  dueAt: now + 164 * minute,
  pauses: [{ start: at(9, 42), end: at(10, 5) }],
};
const held: Promised = {
  ...resolution,
  pauses: [{ start: at(9, 40), end: null }],
  waitsFor: 'vendor',
};
const late: Promised = { ...resolution, startedAt: at(6, 0), dueAt: now - 72 * minute, pauses: [] };
const met: Promised = {
  name: 'Response',
  startedAt: at(9, 52),
  dueAt: at(10, 7),
  metAt: at(9, 56),
  pauses: [],
};

export function Clocks() {
  return (
    <div className={styles.pairs}>
      {[resolution, held, late, met].map((promise) => (
        <Clock
          key={`${promise.name} ${promise.dueAt} ${promise.waitsFor}`}
          promise={promise}
          now={now}
        />
      ))}
    </div>
  );
}

const odd: Record<number, Status | 'maintenance' | null> = {
  3: null,
  4: null,
  5: null,
  11: 'maintenance',
  17: 'degraded',
  23: 'partial_outage',
  24: 'major_outage',
  33: 'degraded',
};

const days = Array.from({ length: 40 }, (_, index): Day => {
  const date = new Date(now - (39 - index) * 1440 * minute).toISOString().slice(0, 10);
  const state = index in odd ? odd[index] : 'operational';
  if (state === 'maintenance') return { date, status: 'operational', maintenance: true };
  return { date, status: state ?? null, maintenance: false };
});

export function Bars() {
  return <BarStrip label="Sample, last 40 days" days={days} />;
}

function state(id: string, marks: Partial<RowState> = {}): RowState {
  const nothing = () => {};
  return {
    id,
    cursor: false,
    selected: false,
    toggle: nothing,
    take: nothing,
    element: nothing,
    ...marks,
  };
}

const rows: [string, Priority, string, Promised, Partial<RowState>][] = [
  [
    'INC0000240',
    'P2',
    'Packet loss at Brightline CDN',
    { ...resolution, dueAt: now + 38 * minute, startedAt: at(6, 0), pauses: [] },
    {},
  ],
  [
    'INC0000239',
    'P3',
    'Invoices show the wrong time zone',
    { ...resolution, name: 'Response', dueAt: now + 200 * minute },
    { cursor: true },
  ],
  [
    'INC0000236',
    'P4',
    'Typo in the German receipt',
    { ...held, waitsFor: 'caller' },
    { selected: true },
  ],
  ['INC0000235', 'P3', 'Export times out', late, {}],
];

export function RowSamples() {
  return (
    <Rows label="Sample rows" columns="36px 84px minmax(0,1fr) 250px">
      {rows.map(([ref, priority, title, promise, marks]) => (
        <Row key={ref} state={state(ref, marks)} name={ref}>
          <PriorityBadge priority={priority} wide />
          <Reference>{ref}</Reference>
          <span className={styles.ellipsis}>
            <RowLink to="/dev/components">{title}</RowLink>
          </span>
          <ClockLine promise={promise} now={now} />
        </Row>
      ))}
    </Rows>
  );
}

export function TimelineSample() {
  return (
    <Timeline label="Sample timeline">
      <TimelineEntry
        at={iso(10, 14)}
        icon={Radio}
        kind="public"
        title="Public update"
        rest=", Identified, by Support desk"
        after={<Tag>1,326 of 1,326 delivered</Tag>}
      />
      <TimelineEntry
        at={iso(10, 9)}
        icon={Lock}
        kind="internal"
        title="Internal note"
        rest=" by Database on-call"
        text="The failover left the new primary read-only."
      />
      <TimelineEntry at={iso(10, 2)} icon={Pause} title="On hold" rest=", waits for vendor." />
      <TimelineEntry
        at={iso(9, 53)}
        icon={PhoneCall}
        title="Paged"
        rest=" Payments on-call by push, delivered in 1.2 s."
      />
      <TimelineEntry
        at={iso(9, 52)}
        icon={Siren}
        title="Opened by rule"
        rest=" Ledger writes fail."
      />
    </Timeline>
  );
}

const silence = new ApiProblem({ status: 0, code: 'no_answer', title: 'No answer in 10 s.' });

export function Panels() {
  return (
    <div className={styles.pairs}>
      <Card>
        <Skeleton />
      </Card>
      <ErrorPanel what="Timeline" error={silence} shownAsOf={at(10, 17)} onRetry={() => {}} />
      <Card>
        <EmptyState title="Nothing is open.">
          The last incident was resolved three days ago.
        </EmptyState>
      </Card>
      <ToastCard toast={{ id: 0, text: 'INC0000236 assigned', tone: 'done', undo: () => {} }} />
    </div>
  );
}
