import { useMediaQuery } from '@mantine/hooks';
import type { TriggerChart, TriggerPreview } from '@/lib/api';
import { dayName, millis, useNow } from '@/lib/time';
import { listed } from '@/lib/words';
import { type Frame, longestPause, pathOf, type Scales, scalesOf } from './chart';
import styles from './triggers.module.css';
import { valueWords } from './words';

interface Props {
  chart: TriggerChart;
  preview: TriggerPreview;
}

const day = 86_400_000;

/** One metric over the week: its limit as a dashed line, the times it would have fired shaded. */
export function Chart({ chart, preview }: Props) {
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const frame: Frame = {
    width: phone ? 350 : 640,
    height: 170,
    left: 64,
    right: 10,
    top: 14,
    bottom: 24,
  };
  const scales = scalesOf(chart, preview, frame);
  const named = chart.lines.flatMap(({ monitor }) => monitor ?? []);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <code>{chart.metric}</code> {named.length > 0 && <span>{listed(named)}</span>}
      </figcaption>
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={spoken(chart)}>
        <Grid chart={chart} scales={scales} frame={frame} />
        <Spans preview={preview} scales={scales} frame={frame} />
        {chart.lines.map(({ monitor, points }) => (
          <g key={monitor}>
            <path className={styles.line} d={pathOf(points, scales, longestPause(preview))} />
            {points
              .filter(({ value }) => value === null)
              .map(({ at }) => (
                <circle
                  key={at}
                  className={styles.silent}
                  cx={scales.x(millis(at))}
                  cy={frame.top}
                  r={3}
                />
              ))}
          </g>
        ))}
        {chart.limits.map(({ sign, text, value }) => (
          <g key={`${sign}${value}`}>
            <line
              className={styles.limit}
              x1={frame.left}
              x2={frame.width - frame.right}
              y1={scales.y(value)}
              y2={scales.y(value)}
            />
            <text
              className={styles.limitWords}
              x={frame.width - frame.right}
              y={Math.max(11, scales.y(value) - 5)}
            >
              {sign} {text}
            </text>
          </g>
        ))}
        <Days preview={preview} scales={scales} frame={frame} every={phone ? 2 : 1} />
      </svg>
    </figure>
  );
}

interface Part {
  scales: Scales;
  frame: Frame;
}

function Grid({ chart, scales, frame }: Part & { chart: TriggerChart }) {
  return scales.ticks.map((tick) => (
    <g key={tick}>
      <line
        className={styles.grid}
        x1={frame.left}
        x2={frame.width - frame.right}
        y1={scales.y(tick)}
        y2={scales.y(tick)}
      />
      <text className={styles.tick} x={frame.left - 8} y={scales.y(tick) + 4}>
        {valueWords(tick, chart.unit)}
      </text>
    </g>
  ));
}

function Spans({ preview, scales, frame }: Part & { preview: TriggerPreview }) {
  return preview.spans.map(({ fired_at, cleared_at }) => {
    const from = scales.x(millis(fired_at));
    const to = scales.x(millis(cleared_at ?? preview.to));
    return (
      <rect
        key={fired_at}
        className={styles.fired}
        x={from}
        y={frame.top}
        width={Math.max(2, to - from)}
        height={frame.height - frame.top - frame.bottom}
      />
    );
  });
}

function Days({
  preview,
  scales,
  frame,
  every,
}: Part & { preview: TriggerPreview; every: number }) {
  const now = useNow();
  const first = new Date(millis(preview.from)).setHours(24, 0, 0, 0);
  const count = Math.floor((millis(preview.to) - first) / day) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = new Date(first);
    at.setDate(at.getDate() + index);
    return at.getTime();
  })
    .filter((_, index) => index % every === 0)
    .map((at) => (
      <text key={at} className={styles.day} x={scales.x(at)} y={frame.height - 6}>
        {dayName(at, now).split(' ').slice(0, 2).join(' ')}
      </text>
    ));
}

/** What the picture says, for those who do not see it; the times are in the list below. */
function spoken({ metric, limits, lines, unit }: TriggerChart): string {
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const limit = limits.map(({ sign, text }) => `${sign} ${text}`);
  const asked = limit.length ? `, limit ${listed(limit)}` : '';
  if (!values.length) return `${metric}: no values${asked}`;
  const words = (value: number) => valueWords(value, unit);
  return `${metric}: between ${words(Math.min(...values))} and ${words(Math.max(...values))}${asked}`;
}
