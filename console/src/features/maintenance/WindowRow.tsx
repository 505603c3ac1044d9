import { CalendarX2, Check, Clock, Repeat, Wrench } from 'lucide-react';
import { Row, RowLink } from '@/components/rows/Rows';
import type { RowState } from '@/components/rows/useRowCursor';
import { Tag } from '@/components/Tag';
import type { Maintenance, MaintenanceState } from '@/lib/api';
import { exact, useNow } from '@/lib/time';
import { useLit } from '@/lib/useLit';
import { listed } from '@/lib/words';
import styles from './maintenance.module.css';
import { repeatTag, spanWords } from './times';

export const columns = '128px minmax(0, 1.7fr) minmax(0, 1.1fr) minmax(0, 1fr)';
export const head = ['State', 'What', 'Services', 'When'];

export const stateWords: Record<MaintenanceState, string> = {
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

const icons = { scheduled: Clock, in_progress: Wrench, completed: Check, cancelled: CalendarX2 };

/** Where a window stands: shape, then word. */
export function StateMark({ state }: { state: MaintenanceState }) {
  const Icon = icons[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} strokeWidth={1.6} aria-hidden />
      {stateWords[state]}
    </span>
  );
}

interface Props {
  window: Maintenance;
  state: RowState;
  /** Names of services by id; one that is gone is shown as its id. */
  names: ReadonlyMap<string, string>;
  search: string;
}

/** One window in a list. */
export function WindowRow({ window, state, names, search }: Props) {
  const { id, title, status, source, affected_services, recurrence, starts_at, version } = window;
  const now = useNow();
  const lit = useLit(`${status} ${version}`);
  const services = listed(affected_services.map((each) => names.get(each) ?? each));
  return (
    <Row state={state} name={title} lit={lit}>
      <span className={styles.stateCell}>
        <StateMark state={status} />
      </span>
      <span className={styles.title}>
        <RowLink to={`/maintenance/${id}${search}`}>{title}</RowLink>
        {source === 'vendor' && <Tag>Vendor</Tag>}
        {recurrence && <Tag icon={Repeat}>{repeatTag(recurrence)}</Tag>}
      </span>
      <span className={styles.services} title={services}>
        {services}
      </span>
      <time className={styles.when} dateTime={starts_at} title={exact(Date.parse(starts_at))}>
        {spanWords(window, now)}
      </time>
    </Row>
  );
}
