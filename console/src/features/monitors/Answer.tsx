import { Card, Panel } from '@/components/Card';
import { StatusChip } from '@/components/StatusChip';
import { ApiProblem, type SourceTrial, sentenceOf } from '@/lib/api';
import styles from './monitors.module.css';
import { figuresOf, msWords, phasesOf } from './words';

interface Props {
  trial: SourceTrial | undefined;
  error: unknown;
  busy: boolean;
  /** The form was changed since. */
  stale: boolean;
}

/** What the check answers now: the status, a sentence, and where the time went. */
export function Answer({ trial, error, busy, stale }: Props) {
  return (
    <Card>
      <Panel title="Answer" note={stale && trial ? 'before your last change' : undefined}>
        <div className={styles.answer} role="status">
          {busy && <p className={styles.quiet}>Testing …</p>}
          {!busy && Boolean(error) && <Refused error={error} />}
          {!busy && !error && trial && <Result trial={trial} />}
          {!busy && !error && !trial && (
            <p className={styles.quiet}>Not tested yet. A test saves nothing.</p>
          )}
        </div>
      </Panel>
    </Card>
  );
}

function Refused({ error }: { error: unknown }) {
  const atFields = error instanceof ApiProblem && Object.keys(error.fields).length > 0;
  return (
    <p className={styles.problem}>
      {atFields ? 'Not tested: some fields need another value.' : sentenceOf(error)}
    </p>
  );
}

function Result({ trial }: { trial: SourceTrial }) {
  const { status, detail, error, fault, status_code, response_ms } = trial;
  const said = [
    status_code !== null && `Status ${status_code}`,
    response_ms !== null && msWords(response_ms),
    fault && `Fault: ${fault}`,
  ].filter(Boolean);
  return (
    <>
      <StatusChip
        state={error ? 'poller_broken' : status}
        word={error ? 'Cannot check' : undefined}
      />
      <p className={styles.sentence}>{detail}</p>
      {said.length > 0 && <p className={styles.figures}>{said.join(' · ')}</p>}
      <Phases trial={trial} />
      {figuresOf(trial.figures).map((words) => (
        <p key={words} className={styles.caption}>
          {words}
        </p>
      ))}
    </>
  );
}

/** The phases in order, as wide as they took; numbers stand below, so that none is lost. */
function Phases({ trial }: { trial: SourceTrial }) {
  const phases = phasesOf(trial.phases);
  if (phases.length === 0) return null;
  return (
    <div>
      <div className={styles.phaseBar} aria-hidden>
        {phases.map(({ name, ms }) => (
          <span key={name} style={{ flexGrow: Math.max(ms, 0.01) }} />
        ))}
      </div>
      <ul className={styles.phases} aria-label="Phases">
        {phases.map(({ name, ms }) => (
          <li key={name}>
            <i aria-hidden />
            <span>{name}</span>
            <strong>{msWords(ms)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
