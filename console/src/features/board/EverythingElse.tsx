import { Link } from 'react-router';
import { SmallStrip } from '@/components/bars/SmallStrip';
import type { RowState } from '@/components/rows/useRowCursor';
import { StatusMark } from '@/components/StatusMark';
import type { Service } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { dayState, weekWords } from '@/lib/strips';
import { count, stateWords } from '@/lib/words';
import styles from './Board.module.css';
import type { Group } from './layout';

interface Props {
  groups: readonly Group[];
  row: (id: string) => RowState;
  /** Nothing needs a look: these are all services there are. */
  all: boolean;
}

/** What needs no look, small: by category, each with its week. */
export function EverythingElse({ groups, row, all }: Props) {
  const total = groups.reduce((sum, { services }) => sum + services.length, 0);
  if (total === 0) return null;
  return (
    <section className={styles.rest}>
      <header>
        <h2>{all ? 'Services' : 'Everything else'}</h2>
        <span>{count(total, 'service')}, last 7 days</span>
      </header>
      <div className={styles.groups}>
        {groups.map(({ category, name, services }) => (
          <section key={category}>
            <h3>
              <span>{name}</span>
              <span className="tabular">{services.length}</span>
            </h3>
            <ul>
              {services.map((service) => (
                <Line key={service.id} service={service} row={row(service.id)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function Line({ service, row }: { service: Service; row: RowState }) {
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
