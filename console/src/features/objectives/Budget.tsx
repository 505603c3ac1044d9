import { Card, Panel } from '@/components/Card';
import { FuelGauge } from '@/components/charts/FuelGauge';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import type { SloDetail } from '@/lib/api';
import { span } from '@/lib/time';
import styles from './objectives.module.css';
import { lengthWords, paceOf, paces, percentWords, slowBelow, whole } from './words';

/** What is left, of how much, and until when. */
export function Budget({ slo }: { slo: SloDetail }) {
  const pace = paces[paceOf(slo)];
  const left = paceOf(slo) === 'early' ? null : slo.left_percent;
  return (
    <Card>
      <Panel
        title="Error budget"
        note={`${slo.target_percent} % of the time, over ${slo.window_days} days`}
        right={<StatusChip state={pace.state} word={pace.word} />}
      >
        <div className={styles.left}>
          <p className={styles.figure}>
            <strong>{left === null ? '–' : whole(left)}</strong> % left
          </p>
          <p className={styles.words}>
            <Rest slo={slo} /> <End slo={slo} />
          </p>
        </div>
        <FuelGauge label={`Error budget of ${slo.name}`} percent={left} slowBelow={slowBelow} />
        {slo.insufficient_data && (
          <p className={styles.quiet}>
            Too early to judge: {percentWords(slo.known_percent)} of the {slo.window_days} days is
            known. What is not known is not counted.
          </p>
        )}
      </Panel>
    </Card>
  );
}

function Rest({ slo }: { slo: SloDetail }) {
  if (slo.left_percent === null) return 'Nothing was to be measured.';
  if (paceOf(slo) === 'early') return `The target allows ${lengthWords(slo.budget_seconds)}.`;
  if (slo.left_seconds < 0) {
    return `${lengthWords(slo.left_seconds)} more than ${lengthWords(slo.budget_seconds)} is spent.`;
  }
  return `${lengthWords(slo.left_seconds)} of ${lengthWords(slo.budget_seconds)}.`;
}

function End({ slo }: { slo: SloDetail }) {
  if (slo.left_percent === null || slo.left_percent <= 0 || paceOf(slo) === 'early') return null;
  if (!slo.exhausted_at || slo.exhausted_in_seconds === null) {
    return `At this pace it lasts longer than ${slo.window_days} days.`;
  }
  return (
    <>
      At this pace gone in{' '}
      <span className={styles.together}>{span(slo.exhausted_in_seconds * 1000)}</span>,{' '}
      <strong>
        <RelativeTime at={slo.exhausted_at} as="moment" />
      </strong>
      .
    </>
  );
}
