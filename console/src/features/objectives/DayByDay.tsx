import { Card, Panel } from '@/components/Card';
import { ChartTable } from '@/components/charts/ChartTable';
import { LineChart } from '@/components/charts/LineChart';
import type { IncidentBrief, Loss, SloDetail } from '@/lib/api';
import { dayName, millis, moment, useNow } from '@/lib/time';
import styles from './objectives.module.css';
import { incidentOf, lengthWords, percentWords, slowBelow, whole } from './words';

interface Props {
  slo: SloDetail;
  incidents: readonly IncidentBrief[];
  asTable: boolean;
}

const marked = 3;

/** What was left at the end of each day, against spending it evenly. */
export function DayByDay({ slo, incidents, asTable }: Props) {
  const now = useNow();
  return (
    <Card>
      <Panel
        title="Budget left, day by day"
        note="dashed: spending it evenly; unknown time and maintenance do not count"
      >
        {slo.points.length < 2 || !slo.known_percent ? (
          <p className={styles.quiet}>No data yet.</p>
        ) : asTable ? (
          <ChartTable
            caption="Budget left at the end of each day"
            heads={['Until', 'Left', 'Even spending', 'Lost so far']}
            rows={slo.points.map((point) => [
              moment(millis(point.at), now),
              `${point.left_percent.toFixed(1).replace('-', '−')} %`,
              `${point.even_percent.toFixed(1)} %`,
              lengthWords(point.lost_seconds),
            ])}
          />
        ) : (
          <Chart slo={slo} incidents={incidents} now={now} />
        )}
      </Panel>
    </Card>
  );
}

function Chart({ slo, incidents, now }: Omit<Props, 'asTable'> & { now: number }) {
  const points = slo.points.map((each) => ({ at: millis(each.at), value: each.left_percent }));
  const even = slo.points.map((each) => ({ at: millis(each.at), value: each.even_percent }));
  const first = points[0]?.at ?? now;
  const last = points.at(-1)?.at ?? now;
  const label = (at: number) => dayName(at, now).replace(/^\S+ /, '');
  const ticks = [0, 0.25, 0.5, 0.75].map((share) => {
    const at = first + share * (last - first);
    return { at, label: label(at) };
  });
  return (
    <LineChart
      label={`Error budget of ${slo.name}: ${percentWords(slo.left_percent)} left after ${slo.window_days} days; spending evenly would leave nothing today.`}
      points={points}
      holds={[0, 100]}
      write={(value) => `${whole(value)} %`}
      limit={{ value: slowBelow, label: `Slow down below ${slowBelow} %`, tone: 'warn' }}
      beside={{ points: even }}
      marks={apart(slo.losses, last - first).map((loss) => ({
        at: loss.end ? millis(loss.end) : last,
        label: markWords(loss, incidents, now),
        state: loss.worst,
      }))}
      ticks={[...ticks, { at: last, label: 'Today' }]}
      tall={360}
    />
  );
}

/** The costliest losses that leave room for their names. */
function apart(losses: readonly Loss[], length: number): Loss[] {
  const kept: Loss[] = [];
  for (const loss of losses) {
    const at = millis(loss.start);
    if (kept.every((other) => Math.abs(millis(other.start) - at) > length / 4)) kept.push(loss);
    if (kept.length === marked) break;
  }
  return kept;
}

function markWords(loss: Loss, incidents: readonly IncidentBrief[], now: number): string {
  const incident = incidentOf(loss, incidents, now);
  const lost = loss.end ? lengthWords(loss.seconds) : 'now';
  return incident ? `${incident.id}, ${lost}` : lost;
}
