import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { exact } from '@/lib/time';
import type { State } from '@/lib/words';
import styles from './charts.module.css';
import { placeLabel } from './labels';
import { gridOf, type Placed, path, pieces, scale } from './scale';

export interface ChartMark {
  at: number;
  label: string;
  state: State;
}

interface Props {
  /** The whole chart in one spoken sentence. */
  label: string;
  /** In order of time; null breaks the line. Instants in milliseconds. */
  points: readonly Placed[];
  /** How a value is written on the axis. */
  write: (value: number) => string;
  /** Values that must be seen, beside the line's own. */
  holds?: readonly number[];
  /** A dashed line that is labelled on it, where the label covers nothing; `below` it if there is room. */
  limit?: { value: number; label: string; tone?: 'warn'; below?: boolean };
  /** A second line to compare with, dashed and faint; its label stands at its middle. */
  beside?: { points: readonly Placed[]; label?: string };
  marks?: readonly ChartMark[];
  /** What stands below the axis, at instants. */
  ticks: readonly { at: number; label: string }[];
  tall?: number;
  /** Grows with what it stands in, from `tall` on. */
  fills?: boolean;
}

/** Until the page is laid out. */
const usual = 720;
const narrow = 560;
/** Room for the values beside the grid. */
const least = 46;
const figure = 6.9;
const right = 14;
const bottom = 28;

/** One line, its area, a limit, and what happened as dotted verticals; drawn as wide as its place. */
export function LineChart({ tall = 300, fills, ...chart }: Props) {
  const { ref, width, height } = useElementSize();
  const size = { width: width || usual, tall: fills ? Math.max(tall, height) : tall };
  return (
    <div ref={ref} className={styles.place} data-fills={fills} style={{ minHeight: tall }}>
      <Drawing {...chart} {...size} />
    </div>
  );
}

type DrawingProps = Omit<Props, 'fills'> & { width: number; tall: number };

function Drawing({ width, tall, ...chart }: DrawingProps) {
  const { label, points, write, holds = [], limit, beside, marks = [] } = chart;
  const clip = useId();
  const top = marks.length > 0 ? 30 : 12;
  const values = [...points, ...(beside?.points ?? [])].flatMap(({ value }) => value ?? []);
  const known = [...values, ...holds, ...(limit ? [limit.value] : [])];
  const grid = gridOf(Math.min(...known), Math.max(...known));
  const low = grid[0] ?? 0;
  const longest = Math.max(...grid.map((value) => write(value).length));
  const left = Math.max(least, Math.ceil(longest * figure) + 14);
  const x = scale(points[0]?.at ?? 0, points.at(-1)?.at ?? 1, left, width - right);
  const y = scale(low, grid.at(-1) ?? 1, tall - bottom, top);
  const floor = tall - bottom;
  const edges = { left, right: width - right };
  const named = withRoom(marks, x, edges);
  const ticks = width < narrow ? fewer(chart.ticks) : chart.ticks;
  const drawn = [...pieces(points), ...pieces(beside?.points ?? [])].map((piece) =>
    piece.map(({ at, value }) => ({ x: x(at), y: y(value) })),
  );
  const room = { left: left + 8, right: width - right - 4, top: 4, bottom: floor };
  const words =
    limit && placeLabel(limit.label, y(limit.value), drawn, room, limit.below ? 'below' : 'above');
  return (
    <svg
      className={styles.chart}
      width={width}
      height={tall}
      viewBox={`0 0 ${width} ${tall}`}
      role="img"
      aria-label={label}
    >
      <clipPath id={clip}>
        <rect x={left} y={0} width={width - left - right} height={floor} />
      </clipPath>
      {grid.map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
          <text className={styles.axis} data-anchor="end" x={left - 10} y={y(value) + 4}>
            {write(value)}
          </text>
        </g>
      ))}
      {pieces(points).map((piece) => (
        <g key={piece[0]?.at}>
          <path
            className={styles.area}
            d={`${path(piece, x, y)}V${floor}H${x(piece[0]?.at ?? 0).toFixed(1)}Z`}
          />
          <path className={styles.line} d={path(piece, x, y)} />
          {piece.length === 1 && (
            <circle
              className={styles.lone}
              cx={x(piece[0]?.at ?? 0)}
              cy={y(piece[0]?.value ?? 0)}
              r={2.5}
            />
          )}
        </g>
      ))}
      {beside && <Beside {...beside} x={x} y={y} />}
      {limit && (
        <g className={styles.limit} data-tone={limit.tone}>
          <line x1={left} x2={width - right} y1={y(limit.value)} y2={y(limit.value)} />
          <text x={words?.x} y={words?.y}>
            {limit.label}
          </text>
        </g>
      )}
      {marks.map((mark) => (
        <Mark
          key={`${mark.at}${mark.label}`}
          named={named.has(mark)}
          {...{ mark, x, y, points, floor, edges }}
        />
      ))}
      {ticks.map(({ at, label: word }) => (
        <text
          key={at}
          className={styles.axis}
          data-anchor={anchorAt(x(at), edges, 12)}
          x={x(at)}
          y={tall - 8}
        >
          {word}
        </text>
      ))}
    </svg>
  );
}

/** Every second name below the axis, where there is little room; the last one stays. */
function fewer<T>(ticks: readonly T[]): readonly T[] {
  return ticks.filter((_, n) => (ticks.length - 1 - n) % 2 === 0);
}

interface Axes {
  x: (at: number) => number;
  y: (value: number) => number;
}

function Beside({ points, label, x, y }: NonNullable<Props['beside']> & Axes) {
  const lines = pieces(points);
  const [line] = lines.toSorted((a, b) => b.length - a.length);
  if (!line) return null;
  const middle = line[Math.floor(line.length / 2)] ?? { at: 0, value: 0 };
  return (
    <g className={styles.beside}>
      {lines.map((each) => (
        <path key={each[0]?.at} d={path(each, x, y)} />
      ))}
      {label && (
        <text x={x(middle.at) - 8} y={y(middle.value) + 16}>
          {label}
        </text>
      )}
    </g>
  );
}

interface MarkProps extends Axes {
  mark: ChartMark;
  named: boolean;
  points: readonly Placed[];
  floor: number;
  edges: Edges;
}

function Mark({ mark, named, x, y, points, floor, edges }: MarkProps) {
  const at = x(mark.at);
  const value = valueAt(points, mark.at);
  return (
    <g className={styles.mark} data-state={mark.state}>
      <title>{`${mark.label}, ${exact(mark.at)}`}</title>
      <line x1={at} x2={at} y1={20} y2={floor} />
      {value !== null && <circle cx={at} cy={y(value)} r={4} />}
      {named && (
        <text className={styles.axis} data-anchor={anchorAt(at, edges, markRoom)} x={at} y={14}>
          {mark.label}
        </text>
      )}
    </g>
  );
}

interface Edges {
  left: number;
  right: number;
}

const markRoom = 70;

/** Words near an edge of the chart stand inside it. */
function anchorAt(at: number, { left, right }: Edges, room: number): 'start' | 'middle' | 'end' {
  if (at < left + room) return 'start';
  return at > right - room ? 'end' : 'middle';
}

const letter = 7;

/** The marks whose names do not run into those of earlier ones. */
function withRoom(marks: readonly ChartMark[], x: Axes['x'], edges: Edges): Set<ChartMark> {
  const taken: [number, number][] = [];
  const kept = new Set<ChartMark>();
  for (const mark of marks) {
    const at = x(mark.at);
    const long = letter * mark.label.length;
    const anchor = anchorAt(at, edges, markRoom);
    const start = anchor === 'start' ? at : anchor === 'end' ? at - long : at - long / 2;
    if (taken.some(([from, to]) => start < to + letter && from < start + long + letter)) continue;
    taken.push([start, start + long]);
    kept.add(mark);
  }
  return kept;
}

/** Where the line is at an instant, between its corners. */
function valueAt(points: readonly Placed[], at: number): number | null {
  const after = points.findIndex((point) => point.at >= at);
  const next = points[after];
  const last = points[after - 1] ?? next;
  if (!next || !last || next.value === null || last.value === null) return null;
  return scale(last.at, next.at, last.value, next.value)(Math.min(at, next.at));
}
