import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/Button';
import { Panel } from '@/components/Card';
import { Loaded } from '@/components/Loaded';
import { StatusChip } from '@/components/StatusChip';
import type { Sla } from '@/lib/api';
import { span } from '@/lib/time';
import { count, type State } from '@/lib/words';
import styles from './Executive.module.css';
import { type Kept, keptBy, percentWords, promisesInOrder } from './figures';
import { slasQuery } from './queries';

const shown = 10;

const words: Record<Kept, { word: string; state: State }> = {
  missed: { word: 'Missed', state: 'major_outage' },
  close: { word: 'Close', state: 'degraded' },
  kept: { word: 'Kept', state: 'operational' },
  unknown: { word: 'No data', state: 'unknown' },
};

/** What was promised and what was given, per service, broken promises first. */
export function Promises() {
  const query = useQuery(slasQuery);
  return (
    <Panel title="Against the promise" note="per service, 30 days">
      <Loaded query={query} what="Promises">
        {(slas) => <Ordered slas={promisesInOrder(slas)} />}
      </Loaded>
    </Panel>
  );
}

function Ordered({ slas }: { slas: readonly Sla[] }) {
  const [all, setAll] = useState(false);
  const rows = all ? slas : slas.slice(0, shown);
  return (
    <>
      <table className={styles.table} data-promises>
        <caption className="visually-hidden">Availability against promise</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Promise</th>
            <th scope="col">Promised</th>
            <th scope="col">Given</th>
            <th scope="col">Lost</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((sla) => (
            <Given key={sla.id} sla={sla} />
          ))}
        </tbody>
      </table>
      {slas.length > shown && (
        <p className={styles.more}>
          <Button tone="quiet" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${count(slas.length, 'service')}`}
          </Button>
        </p>
      )}
    </>
  );
}

function Given({ sla }: { sla: Sla }) {
  const percent = sla.uptime_percent['30d'];
  const lost = sla.lost_seconds['30d'];
  const { word, state } = words[keptBy(percent, sla.target_percent)];
  return (
    <tr>
      <th scope="row">
        <Link to={`/services/${sla.id}`}>{sla.name}</Link>
      </th>
      <td>
        <StatusChip state={state} word={word} />
      </td>
      <td>{sla.target_percent} %</td>
      <td>{percentWords(percent)}</td>
      <td>{lost === null ? '–' : lost > 0 ? span(lost * 1000) : 'nothing'}</td>
    </tr>
  );
}
