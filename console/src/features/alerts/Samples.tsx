import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { AlertDecision, Status } from '@/lib/api';
import { clockTime } from '@/lib/time';
import { stateWords } from '@/lib/words';
import styles from './Samples.module.css';
import { height, type Sample, samplesOf } from './why';

const tall = 178;
const left = 104;
const right = 14;
const top = 20;
const levels: readonly Status[] = ['operational', 'degraded', 'partial_outage', 'major_outage'];

interface Props {
  decisions: readonly AlertDecision[];
  /** The decision that made the alert what it is. */
  decision: AlertDecision;
}

/** What was seen at each look, the limit as a dashed line, and the stretch that confirmed it. */
export function Samples({ decisions, decision }: Props) {
  const samples = useMemo(() => samplesOf(decisions), [decisions]);
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  if (samples.length < 2) return null;
  return <Chart samples={samples} decision={decision} width={phone ? 400 : 920} />;
}

interface ChartProps {
  samples: readonly Sample[];
  decision: AlertDecision;
  width: number;
}

function Chart({ samples, decision, width }: ChartProps) {
  const since = decision.since ? Date.parse(decision.since) : null;
  const decided = Date.parse(decision.at);
  const first = Math.min(samples[0]?.at ?? decided, since ?? decided);
  const last = Math.max(samples.at(-1)?.at ?? decided, decided);
  const x = (at: number) => left + ((at - first) / (last - first || 1)) * (width - left - right);
  const y = (level: number) => top + (1 - level / 3) * (tall - top - 34);
  const limit = height(decision.target) ?? 0;
  const marks = samples.filter(({ status }) => height(status) !== null);
  return (
    <figure className={styles.chart}>
      <svg viewBox={`0 0 ${width} ${tall}`} role="img" aria-label={spoken(samples)}>
        {levels.map((status, level) => (
          <g key={status}>
            <line
              className={styles.grid}
              x1={left}
              x2={width - right}
              y1={y(level)}
              y2={y(level)}
            />
            <text className={styles.level} x={left - 12} y={y(level) + 4}>
              {stateWords[status]}
            </text>
          </g>
        ))}
        {since !== null && decided > since && (
          <rect
            className={styles.stretch}
            data-state={decision.target}
            x={x(since)}
            y={top - 8}
            width={Math.max(2, x(decided) - x(since))}
            height={tall - top - 26}
          />
        )}
        {limit > 0 && (
          <line className={styles.limit} x1={left} x2={width - right} y1={y(limit)} y2={y(limit)} />
        )}
        <path className={styles.line} d={steps(marks, x, y)} />
        {marks.map(({ at, status, verdict }) => (
          <circle
            key={at}
            className={styles.dot}
            data-state={status}
            data-decided={at === decided || undefined}
            cx={x(at)}
            cy={y(height(status) ?? 0)}
            r={verdict === 'not_yet' ? 3.5 : 4.5}
          />
        ))}
        <line className={styles.moment} x1={x(decided)} x2={x(decided)} y1={4} y2={tall - 26} />
        <text className={styles.time} x={left} y={tall - 8}>
          {clockTime(first)}
        </text>
        <text className={styles.time} data-end x={width - right} y={tall - 8}>
          {clockTime(last)}
        </text>
      </svg>
    </figure>
  );
}

/** A line in steps, because a status holds until the next look. */
function steps(
  samples: readonly Sample[],
  x: (at: number) => number,
  y: (level: number) => number,
): string {
  return samples
    .map(({ at, status }, index) => {
      const here = `${x(at).toFixed(1)}`;
      const level = y(height(status) ?? 0).toFixed(1);
      return index === 0 ? `M${here} ${level}` : `H${here}V${level}`;
    })
    .join('');
}

const spoken = (samples: readonly Sample[]) =>
  `Seen: ${samples.map(({ at, status }) => `${stateWords[status].toLowerCase()} at ${clockTime(at)}`).join(', ')}`;
