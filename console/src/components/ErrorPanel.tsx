import { CloudOff } from 'lucide-react';
import { sentenceOf } from '@/lib/api';
import { moment } from '@/lib/time';
import { Button } from './Button';
import { Kbd } from './Kbd';
import styles from './panels.module.css';

interface Props {
  /** What could not be loaded: "Timeline". */
  what: string;
  error: unknown;
  /** When what is still shown was true, in milliseconds; 0 or absent when nothing is shown. */
  shownAsOf?: number;
  onRetry?: () => void;
}

/** What failed, since when, and *Try again*. */
export function ErrorPanel({ what, error, shownAsOf, onRetry }: Props) {
  return (
    <div className={styles.error} role="alert">
      <CloudOff size={16} strokeWidth={1.6} aria-hidden />
      <div className={styles.words}>
        <strong>{what} not loaded.</strong>
        <p>{sentenceOf(error)}</p>
        {shownAsOf ? <p className="tabular">Shown as of {moment(shownAsOf, Date.now())}.</p> : null}
      </div>
      {onRetry && (
        <Button onClick={onRetry}>
          Try again{' '}
          <span aria-hidden>
            <Kbd keys="↻" />
          </span>
        </Button>
      )}
    </div>
  );
}
