import { ago, clockTime, exact, millis, moment, shortSpan, span, useNow } from '@/lib/time';

const phrases = {
  ago: (at: number, now: number) => ago(at, now),
  since: (at: number, now: number) => span(now - at),
  short: (at: number, now: number) => shortSpan(now - at),
  moment,
  clock: (at: number) => clockTime(at),
  until: (at: number, now: number) => span(at - now),
};

interface Props {
  /** ISO instant. */
  at: string;
  /** "4 min ago", how long since, the same short, "Yesterday 09:52", "09:52", or how long until. */
  as?: keyof typeof phrases;
}

/** A time in the reader's zone with the exact instant on hover. */
export function RelativeTime({ at, as = 'ago' }: Props) {
  const now = useNow();
  const instant = millis(at);
  return (
    <time dateTime={at} title={exact(instant)} className="tabular">
      {phrases[as](instant, now)}
    </time>
  );
}
