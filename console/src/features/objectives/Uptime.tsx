import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card, Panel } from '@/components/Card';
import { ChartTable } from '@/components/charts/ChartTable';
import { LineChart } from '@/components/charts/LineChart';
import { Loaded } from '@/components/Loaded';
import { Segmented } from '@/components/Segmented';
import type { SloDetail, UptimeDay } from '@/lib/api';
import { calendarDay } from '@/lib/time';
import styles from './objectives.module.css';
import { uptimeQuery } from './queries';
import { uptimeWords } from './words';

const lengths = ['7', '30', '90'] as const;
const choices = lengths.map((value) => ({ value, label: `${value} days` }));

/** The trend: uptime of each day against the promise. */
export function Uptime({ slo, asTable }: { slo: SloDetail; asTable: boolean }) {
  const [days, setDays] = useState<(typeof lengths)[number]>('30');
  const query = useQuery(uptimeQuery(slo.id, Number(days)));
  return (
    <Card>
      <Panel
        title="Uptime by day"
        right={<Segmented label="Days" value={days} onChange={setDays} choices={choices} />}
      >
        <Loaded query={query} what="Uptime">
          {(found) =>
            asTable ? <Table days={found} /> : <Chart slo={slo} days={found} key={days} />
          }
        </Loaded>
      </Panel>
    </Card>
  );
}

function Table({ days }: { days: readonly UptimeDay[] }) {
  return (
    <ChartTable
      caption="Uptime by day"
      heads={['Day', 'Uptime']}
      rows={[...days]
        .reverse()
        .map(({ date, uptime_percent }) => [calendarDay(date), uptimeWords(uptime_percent)])}
    />
  );
}

function Chart({ slo, days }: { slo: SloDetail; days: readonly UptimeDay[] }) {
  const points = days.map(({ date, uptime_percent }) => ({
    at: Date.parse(date),
    value: uptime_percent,
  }));
  const known = points.flatMap(({ value }) => value ?? []);
  if (known.length === 0) return <p className={styles.quiet}>No data yet.</p>;
  const missed = known.filter((value) => value < slo.target_percent).length;
  const every = Math.max(1, Math.floor((days.length - 1) / 4));
  const ticks = days
    .map(({ date }, n) => ({
      n,
      at: Date.parse(date),
      label: calendarDay(date).replace(/^\S+ /, ''),
    }))
    .filter(({ n }) => n % every === 0 && n <= days.length - 1 - every);
  const last = points.at(-1);
  return (
    <LineChart
      label={`Uptime of ${slo.name} by day: below ${slo.target_percent} % on ${missed} of ${known.length} days, at worst ${uptimeWords(Math.min(...known))}.`}
      points={points}
      holds={[100]}
      write={(value) => `${value} %`}
      limit={{ value: slo.target_percent, label: `Promised ${slo.target_percent} %`, below: true }}
      ticks={last ? [...ticks, { at: last.at, label: 'Today' }] : ticks}
      tall={220}
    />
  );
}
