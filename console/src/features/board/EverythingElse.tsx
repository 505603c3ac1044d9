import { memo } from 'react';
import { Link } from 'react-router';
import { SmallStrip } from '@/components/bars/SmallStrip';
import type { RowState } from '@/components/rows/useRowCursor';
import { StatusMark } from '@/components/StatusMark';
import type { Category, Service } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { dayState, weekWords } from '@/lib/strips';
import { count, stateWords } from '@/lib/words';
import styles from './EverythingElse.module.css';
import type { Group } from './layout';

interface Props {
  groups: readonly Group[];
  row: (id: string) => RowState;
  /** Shows what a large shelf folds away. */
  onOpen: (category: Category) => void;
  /** Nothing needs a look: these are all services there are. */
  all: boolean;
}

/** What needs no look, small: by category, each with its week. */
export function EverythingElse({ groups, row, onOpen, all }: Props) {
  const total = groups.reduce((sum, { services }) => sum + services.length, 0);
  if (total === 0) return null;
  return (
    <section className={styles.rest}>
      <header>
        <h2>{all ? 'Services' : 'Everything else'}</h2>
        <span>{count(total, 'service')}, last 7 days</span>
      </header>
      <div className={styles.groups}>
        {groups.map((group) => (
          <Shelf key={group.category} group={group} row={row} onOpen={onOpen} />
        ))}
      </div>
    </section>
  );
}

interface ShelfProps extends Pick<Props, 'row' | 'onOpen'> {
  group: Group;
}

function Shelf({ group: { category, name, services, folded }, row, onOpen }: ShelfProps) {
  return (
    <section>
      <h3>
        <span>{name}</span>
        <span className="tabular">{services.length + folded}</span>
      </h3>
      <ul>
        {services.map((service) => (
          <Line key={service.id} service={service} row={row(service.id)} />
        ))}
      </ul>
      {folded > 0 && (
        <button type="button" className={styles.more} onClick={() => onOpen(category)}>
          {count(folded, 'more', 'more')} <span className="visually-hidden">in {name}</span>
        </button>
      )}
    </section>
  );
}

interface LineProps {
  service: Service;
  row: RowState;
}

/** A row's functions do the same in every drawing, so only what it shows makes it new. */
const Line = memo(DrawnLine, (before, after) => {
  return before.service === after.service && before.row.cursor === after.row.cursor;
});

function DrawnLine({ service, row }: LineProps) {
  const state = stateOf(service);
  return (
    <li
      ref={row.element}
      className={styles.line}
      data-cursor={row.cursor || undefined}
      onFocus={row.take}
    >
      <StatusMark state={state} label={stateWords[state]} />
      <Link to={`/services/${service.id}`} data-row-link>
        {service.name}
      </Link>
      <SmallStrip kind="week" label={weekWords(service.days)} cells={service.days.map(dayState)} />
    </li>
  );
}
