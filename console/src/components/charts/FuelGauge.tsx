import styles from './charts.module.css';

interface Props {
  /** What is left, spoken: "Checkout, error budget". */
  label: string;
  /** 0 to 100; below nothing it is empty, null where there is no budget. */
  percent: number | null;
  /** Below this share one should slow down. */
  slowBelow?: number;
  /** Without the scale, for narrow places. */
  small?: boolean;
}

/** How much is left, as a tank: full at the right, hatched where it is gone. */
export function FuelGauge({ label, percent, slowBelow = 25, small = false }: Props) {
  const left = Math.min(100, Math.max(0, percent ?? 0));
  return (
    <div className={styles.gauge} data-small={small || undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw a meter element as they like. */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={left}
        aria-valuetext={percent === null ? 'not known' : `${Math.round(percent)} % left`}
        data-unknown={percent === null || undefined}
        className={styles.tank}
      >
        <span style={{ width: `${left}%` }} />
        {[slowBelow, 50, 75].map((at) => (
          <i key={at} style={{ left: `${at}%` }} />
        ))}
      </div>
      {!small && (
        <p aria-hidden className={styles.scale}>
          <span>Empty</span>
          <span>{slowBelow} % slow down</span>
          <span>50 %</span>
          <span>75 %</span>
          <span>Full</span>
        </p>
      )}
    </div>
  );
}
