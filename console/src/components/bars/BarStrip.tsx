import { type KeyboardEvent, useRef, useState } from 'react';
import type { Day } from '@/lib/api';
import { type Cell, dayState, dayWords } from '@/lib/strips';
import styles from './bars.module.css';

const marks: Partial<Record<NonNullable<Cell>, string>> = {
  degraded: 'M4 .6 7.6 7.4H.4z',
  partial_outage: 'M4 .2 7.8 4 4 7.8.2 4z',
  major_outage: 'M1.2 0 4 2.8 6.8 0 8 1.2 5.2 4 8 6.8 6.8 8 4 5.2 1.2 8 0 6.8 2.8 4 0 1.2z',
  maintenance:
    'M2.2.8h3.6a1.4 1.4 0 0 1 1.4 1.4v3.6a1.4 1.4 0 0 1-1.4 1.4H2.2A1.4 1.4 0 0 1 .8 5.8V2.2A1.4 1.4 0 0 1 2.2.8z',
};

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

interface Props {
  /** What the bars are about: "Card payments, last 90 days". */
  label: string;
  days: readonly Day[];
  /** Height of a bar in CSS pixels. */
  height?: number;
}

/** A bar per day with the state's mark under each that was not operational; arrows walk, each day is named. */
export function BarStrip({ label, days, height = 26 }: Props) {
  const [at, setAt] = useState(days.length - 1);
  const [shown, setShown] = useState<number | null>(null);
  const bars = useRef<(HTMLSpanElement | null)[]>([]);
  const current = Math.min(at, days.length - 1);

  function walk(event: KeyboardEvent) {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = step(current, days.length - 1);
    setAt(next);
    bars.current[next]?.focus();
  }

  const named = shown === null ? undefined : days[shown];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields.
    <div className={styles.strip} role="group" aria-label={label} onKeyDown={walk}>
      {days.map((day, index) => {
        const state = dayState(day);
        const mark = state && marks[state];
        return (
          <span
            key={day.date}
            ref={(element) => {
              bars.current[index] = element;
            }}
            className={styles.day}
            role="img"
            aria-label={dayWords(day)}
            tabIndex={index === current ? 0 : -1}
            onFocus={() => {
              setAt(index);
              setShown(index);
            }}
            onBlur={() => setShown(null)}
            onPointerEnter={() => setShown(index)}
            onPointerLeave={() => setShown(null)}
          >
            <span className={styles.bar} data-state={state ?? 'none'} style={{ height }} />
            {mark && (
              <svg className={styles.mark} viewBox="0 0 8 8" width="8" height="8" aria-hidden>
                <path d={mark} />
              </svg>
            )}
          </span>
        );
      })}
      {named && shown !== null && (
        <span
          className={styles.name}
          aria-hidden
          style={{
            left: `clamp(70px, ${((shown + 0.5) / days.length) * 100}%, calc(100% - 70px))`,
          }}
        >
          {dayWords(named)}
        </span>
      )}
    </div>
  );
}
