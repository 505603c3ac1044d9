import { Check } from 'lucide-react';
import styles from './setup.module.css';

const steps = [
  ['Your account', 'You become the first administrator of this installation.'],
  [
    'What you watch',
    'Paste a status address or your own website. Developer services are already there.',
  ],
  ['Who hears about it', 'Mail and chat, tested before you rely on them.'],
  ['Your status page', 'Empty until you choose what it shows.'],
] as const;

export const lastStep = steps.length;

/** The four steps of the set-up, with where one is. */
export function Steps({ at }: { at: number }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map(([name, words], index) => {
        const step = index + 1;
        return (
          <li
            key={name}
            data-state={step < at ? 'done' : step === at ? 'now' : 'later'}
            aria-current={step === at ? 'step' : undefined}
          >
            <span className={styles.number}>
              {step < at ? <Check size={14} strokeWidth={2} aria-label="Done" /> : step}
            </span>
            <div>
              <strong>{name}</strong>
              <p>{words}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The head of a step's form. */
export function StepHead({ at, title, children }: { at: number; title: string; children: string }) {
  return (
    <header className={styles.head}>
      <p className={styles.caption}>
        Step {at} of {lastStep}
      </p>
      <h1>{title}</h1>
      <p className={styles.words}>{children}</p>
    </header>
  );
}
