import { Check, Minus } from 'lucide-react';
import { Card, Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import type { AlertDecision } from '@/lib/api';
import { exact, millis, moment, useNow } from '@/lib/time';
import styles from './Service.module.css';
import { measured, measuredLine, verdicts } from './words';

/** Why is it shown like this: the newest decision with its figures, then every one before it. */
export function Why({ decisions }: { decisions: readonly AlertDecision[] }) {
  const [newest, ...earlier] = decisions;
  if (!newest) {
    return (
      <Panel title="Why">
        <p className={styles.quiet}>
          Nothing has been decided yet. The first answer starts the record.
        </p>
      </Panel>
    );
  }
  return (
    <>
      <Panel title="Why" note={<RelativeTime at={newest.at} />}>
        <Card>
          <Newest decision={newest} />
        </Card>
      </Panel>
      {earlier.length > 0 && (
        <Panel title="Decision trail" note="every look that mattered, newest first">
          <ol className={styles.trail}>
            {earlier.map((decision) => (
              <Line key={decision.id} decision={decision} />
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}

function Newest({ decision }: { decision: AlertDecision }) {
  const figures = measured(decision);
  return (
    <>
      <p className={styles.reason}>{decision.sentence}</p>
      {figures.length > 0 && (
        <dl className={styles.figures}>
          {figures.map(({ name, seen, needed, enough }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span className={styles.seen} data-enough={enough || undefined}>
                  {seen}
                </span>{' '}
                <span className={styles.needed}>of {needed} needed</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Line({ decision }: { decision: AlertDecision }) {
  const { name, acted } = verdicts[decision.verdict];
  const Icon = acted ? Check : Minus;
  const at = millis(decision.at);
  return (
    <li>
      <Icon size={14} strokeWidth={1.8} aria-hidden data-acted={acted || undefined} />
      <strong>{name}</strong>
      <span className={styles.said}>{decision.sentence}</span>
      <span className={styles.measured}>{measuredLine(decision)}</span>
      <time dateTime={decision.at} title={exact(at)}>
        {moment(at, useNow())}
      </time>
    </li>
  );
}
