import { useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Card, Panel } from '@/components/Card';
import { ChartTable } from '@/components/charts/ChartTable';
import { LineChart } from '@/components/charts/LineChart';
import { Loaded } from '@/components/Loaded';
import { Segmented } from '@/components/Segmented';
import { useKeys } from '@/lib/keys';
import { clockTime, dayName, moment, useNow } from '@/lib/time';
import { everyStep, failures, latencySentence, type Step } from './latency';
import styles from './monitors.module.css';
import { latencyQuery, type Range, ranges } from './queries';
import { msWords } from './words';

const choices = Object.entries(ranges).map(([value, { words }]) => ({
  value: value as Range,
  label: words,
}));

/** Response times: half of the checks are below the line, 95 of 100 below the dashed one. */
export function Latency({ monitorId }: { monitorId: string }) {
  const [range, setRange] = useState<Range>('24h');
  const [asTable, setAsTable] = useState(false);
  const flip = () => setAsTable(!asTable);
  useKeys([
    { keys: 't', label: asTable ? 'Show the chart' : 'Show the table', group: 'Do', run: flip },
  ]);
  const query = useQuery(latencyQuery(monitorId, range));
  const { words, every } = ranges[range];
  return (
    <Card>
      <Panel
        title="Response time"
        right={
          <>
            <Segmented label="Range" value={range} onChange={setRange} choices={choices} />
            <Button tone="quiet" keys="t" icon={Table2} aria-pressed={asTable} onClick={flip}>
              Table
            </Button>
          </>
        }
      >
        <Loaded query={query} what="Response times">
          {({ from, to, points }) => {
            if (points.length === 0)
              return <p className={styles.quiet}>No data yet in the last {words}.</p>;
            const steps = everyStep(points, from, to, every);
            const sentence = latencySentence(points, words);
            return (
              <>
                <p className={styles.quiet}>
                  {sentence}{' '}
                  {!asTable &&
                    'Half the answers are faster than the line, 95 % faster than the dashed one.'}
                </p>
                {asTable ? <Table steps={steps} /> : <Chart steps={steps} sentence={sentence} />}
              </>
            );
          }}
        </Loaded>
      </Panel>
    </Card>
  );
}

function Table({ steps }: { steps: readonly Step[] }) {
  const now = useNow();
  const ms = (value: number | null) => (value === null ? 'none' : msWords(value));
  const known = steps.flatMap(({ at, point }) => (point ? [{ at, point }] : []));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys as well.
    <section className={styles.table} tabIndex={0} aria-label="Table of response times">
      <ChartTable
        caption="Response times by step, newest first"
        heads={['From', 'Checks', 'Bad', 'Half below', '95 % below']}
        rows={known
          .toReversed()
          .map(({ at, point }) => [
            moment(at, now),
            point.count,
            point.bad,
            ms(point.p50),
            ms(point.p95),
          ])}
      />
    </section>
  );
}

function Chart({ steps, sentence }: { steps: readonly Step[]; sentence: string }) {
  const now = useNow();
  const first = steps[0]?.at ?? now;
  const last = steps.at(-1)?.at ?? now;
  const day = last - first <= 25 * 3_600_000;
  const ticks = [0, 0.25, 0.5, 0.75].map((share) => {
    const at = first + share * (last - first);
    return { at, label: day ? clockTime(at) : dayName(at, now).replace(/^\S+ /, '') };
  });
  return (
    <LineChart
      label={`Response time. ${sentence}`}
      points={steps.map(({ at, point }) => ({ at, value: point?.p50 ?? null }))}
      holds={[0]}
      write={msWords}
      beside={{ points: steps.map(({ at, point }) => ({ at, value: point?.p95 ?? null })) }}
      marks={failures(steps)}
      ticks={[...ticks, { at: last, label: 'Now' }]}
      tall={240}
    />
  );
}
