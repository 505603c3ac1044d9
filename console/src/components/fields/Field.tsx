import { type ReactNode, useId } from 'react';
import { asSentence } from '@/lib/words';
import styles from './fields.module.css';

/** What every field may say about itself. */
export interface FieldWords {
  label: string;
  /** Right of the label: "from your browser", or a link. */
  note?: ReactNode;
  /** Below the control: what is expected. */
  hint?: ReactNode;
  /** What is wrong; replaces the hint and is spoken. */
  error?: string;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props extends FieldWords {
  /** The control, given the attributes that tie it to its words. */
  children: (wiring: Wiring) => ReactNode;
}

/** Label, control, and what is expected or wrong, tied together for every reader. */
export function Field({ label, note, hint, error, children }: Props) {
  const id = useId();
  const below = error ? asSentence(error) : hint;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {note && <span className={styles.note}>{note}</span>}
      </div>
      {children({
        id,
        'aria-describedby': below ? `${id}-below` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {below && (
        <p
          id={`${id}-below`}
          className={error ? styles.error : styles.hint}
          role={error ? 'alert' : undefined}
        >
          {below}
        </p>
      )}
    </div>
  );
}
