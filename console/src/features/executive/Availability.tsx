import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/Card';
import { ChartTable } from '@/components/charts/ChartTable';
import { type ChartMark, LineChart } from '@/components/charts/LineChart';
import { Loaded } from '@/components/Loaded';
import { isBrief, type Service, type Sla, summaryQuery } from '@/lib/api';
import { calendarDay, millis, useNow } from '@/lib/time';
import styles from './Executive.module.css';
import { byDay, type DayFigure, foremost, mean, percentWords } from './figures';
import { historiesQuery, slasQuery } from './queries';

interface Props {
  services: readonly Service[];
  asTable: boolean;
}

/** The trend against the promise, with the incidents that are open now. */
export function Availability({ services, asTable }: Props) {
  const query = useQuery(historiesQuery);
  const { data: slas = [] } = useQuery(slasQuery);
  const own = foremost(services);
  const ids = new Set(own.map(({ id }) => id));
  const average = mean(
    slas.filter(({ id }) => ids.has(id)).map((sla) => sla.uptime_percent['30d']),
  );
  const whose = own.length === services.length ? 'all services' : 'tier 1';
  return (
    <Panel
      title="Availability per day"
      note={`mean of ${whose}, 30 days`}
      right={
        average !== null && (
          <span className={styles.average}>
            <strong>{percentWords(average)}</strong> on average
          </span>
        )
      }
    >
      <Loaded query={query} what="Availability">
        {(histories) => {
          const days = byDay(histories, ids, mean);
          if (days.every(({ value }) => value === null))
            return (
              <p className={styles.quiet}>
                No data yet. A day counts once something is known of it.
              </p>
            );
          return asTable ? (
            <Table days={days} />
          ) : (
            <Chart days={days} promise={lowest(slas, ids)} />
          );
        }}
      </Loaded>
    </Panel>
  );
}

function lowest(slas: readonly Sla[], ids: ReadonlySet<string>): Promise_ | null {
  const targets = slas.filter(({ id }) => ids.has(id)).map(({ target_percent }) => target_percent);
  if (targets.length === 0) return null;
  const value = Math.min(...targets);
  return {
    value,
    label: new Set(targets).size > 1 ? `Lowest promise ${value} %` : `Promise ${value} %`,
  };
}

interface Promise_ {
  value: number;
  label: string;
}

function Table({ days }: { days: readonly DayFigure[] }) {
  return (
    <ChartTable
      caption="Availability per day"
      heads={['Day', 'Availability']}
      rows={days.toReversed().map(({ date, value }) => [calendarDay(date), percentWords(value)])}
    />
  );
}

function Chart({ days, promise }: { days: readonly DayFigure[]; promise: Promise_ | null }) {
  const points = days.map(({ date, value }) => ({ at: Date.parse(date), value }));
  const known = points.flatMap(({ value }) => value ?? []);
  const last = points.at(-1)?.at ?? 0;
  const every = Math.max(1, Math.floor((days.length - 1) / 4));
  const ticks = points
    .filter((_, n) => n % every === 0 && n <= days.length - 1 - every)
    .map(({ at }) => ({
      at,
      label: calendarDay(new Date(at).toISOString().slice(0, 10)).replace(/^\S+ /, ''),
    }));
  const below = promise ? known.filter((value) => value < promise.value).length : 0;
  return (
    <LineChart
      label={`Availability per day: at worst ${percentWords(Math.min(...known))}${promise ? `, below ${promise.value} % on ${below} of ${known.length} days` : ''}.`}
      points={points}
      holds={[100]}
      write={(value) => `${value} %`}
      limit={promise ? { ...promise, below: true } : undefined}
      marks={useMarks(points[0]?.at ?? 0, last)}
      ticks={[...ticks, { at: last, label: 'Today' }]}
      tall={320}
      fills
    />
  );
}

const marked = 3;

/** Open incidents as verticals on the day they began. */
function useMarks(from: number, to: number): ChartMark[] {
  const now = useNow();
  const { data: summary } = useQuery(summaryQuery);
  const open = (summary?.incidents ?? []).filter(isBrief);
  return open
    .filter(({ started_at }) => millis(started_at) >= from)
    .slice(0, marked)
    .map((incident) => ({
      at: Math.min(millis(incident.started_at), now, to),
      label: incident.id,
      state: incident.affected_services[0]?.status ?? 'unknown',
    }));
}
