import styles from './charts.module.css';
import { type Placed, path, pieces, scale } from './scale';

interface Props {
  /** The trend in one spoken sentence. */
  label: string;
  points: readonly Placed[];
  /** Where the foot of the drawing stands, so that a calm line does not look dramatic. */
  low?: number;
  high?: number;
}

const width = 240;
const tall = 40;

/** A line without axes: where a figure came from in the last days. */
export function Sparkline({ label, points, low, high }: Props) {
  const known = points.flatMap(({ value }) => value ?? []);
  if (known.length < 2) return null;
  const bottom = Math.min(...known, low ?? Number.POSITIVE_INFINITY);
  const top = Math.max(...known, high ?? Number.NEGATIVE_INFINITY);
  const x = scale(points[0]?.at ?? 0, points.at(-1)?.at ?? 1, 0, width);
  const flat = top === bottom;
  const y = (value: number) => (flat ? tall / 2 : scale(bottom, top, tall - 2, 2)(value));
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${width} ${tall}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {pieces(points).map((piece) => (
        <g key={piece[0]?.at}>
          <path
            className={styles.area}
            d={`${path(piece, x, y)}V${tall}H${x(piece[0]?.at ?? 0).toFixed(1)}Z`}
          />
          <path className={styles.line} d={path(piece, x, y)} />
        </g>
      ))}
    </svg>
  );
}
