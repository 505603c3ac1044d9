import { AlarmClockOff, Hourglass, type LucideIcon, Pause, Timer } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { clockTime, span } from '@/lib/time';
import { StatusMark } from '../StatusMark';
import styles from './Clock.module.css';
import { clockLine, type Promised, type Reading, readClock, type Tone } from './reading';

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
const place = (from: number, to: number): CSSProperties => ({
  left: percent(from),
  width: percent(to - from),
});

function Track({ reading }: { reading: Reading }) {
  const ticks = reading.tone === 'calm' || reading.tone === 'soon' ? reading.ticks : [];
  return (
    <div className={styles.track} aria-hidden>
      {reading.stretches.map(({ kind, from, to }) => (
        <span
          key={`${kind}${from}`}
          className={styles.stretch}
          data-kind={kind}
          style={place(from, to)}
        />
      ))}
      {ticks.map(({ share }) => (
        <span key={share} className={styles.tick} style={{ left: percent(share) }} />
      ))}
      {reading.now !== null && (
        <span className={styles.now} style={{ left: percent(reading.now) }} />
      )}
    </div>
  );
}

function aside(promise: Promised, reading: Reading): ReactNode {
  if (reading.tone === 'paused') return promise.waitsFor ? `waits for ${promise.waitsFor}` : null;
  if (promise.metAt != null) return `of ${span(reading.promisedMs)}`;
  if (reading.tone === 'late') return null;
  return `Due ${clockTime(promise.dueAt)}`;
}

const wordIcons: Partial<Record<Tone, ReactNode>> = {
  late: <AlarmClockOff size={16} strokeWidth={1.6} aria-hidden />,
  met: <StatusMark state="operational" />,
};

interface Props {
  promise: Promised;
  /** Milliseconds; the page ticks, the clock does not. */
  now: number;
  /** More words after the first: "16 min used of 3 h, paused 10 min". */
  note?: ReactNode;
  /** Replaces the words at the right, e.g. with a link to the reasons. */
  right?: ReactNode;
}

/** One promise: words first, then the track from start to due with pauses hatched and now as a line. */
export function Clock({ promise, now, note, right }: Props) {
  const reading = readClock(promise, now);
  return (
    <section className={styles.clock} data-tone={reading.tone} aria-label={`${promise.name} clock`}>
      <div className={styles.head}>
        <span className={styles.name}>{promise.name}</span>
        <strong className={styles.words}>
          {wordIcons[reading.tone]}
          {reading.words}
        </strong>
        {note && <span className={styles.note}>{note}</span>}
        <span className={styles.right}>{right ?? aside(promise, reading)}</span>
      </div>
      <Track reading={reading} />
    </section>
  );
}

const lineIcons: Record<Tone, LucideIcon> = {
  calm: Timer,
  soon: Hourglass,
  late: AlarmClockOff,
  paused: Pause,
  met: Timer,
};

/** The same promise in a list row: a short track and one line of words; `track` false leaves the words. */
export function ClockLine({ promise, now, track = true }: Props & { track?: boolean }) {
  const reading = readClock(promise, now);
  const Icon = lineIcons[reading.tone];
  const share = promise.metAt == null ? (reading.now ?? 1) : 1;
  return (
    <span className={styles.line} data-tone={reading.tone}>
      {track && (
        <span className={styles.small} aria-hidden>
          <span style={{ width: percent(share) }} />
        </span>
      )}
      <Icon size={14} strokeWidth={1.6} aria-hidden />
      <span>{clockLine(promise, reading, now)}</span>
    </span>
  );
}
