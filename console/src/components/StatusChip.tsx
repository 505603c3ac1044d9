import { type State, stateWords } from '@/lib/words';
import { StatusMark } from './StatusMark';
import styles from './status.module.css';

interface Props {
  state: State;
  size?: number;
  /** Another word than the state's own, e.g. "in maintenance". */
  word?: string;
}

/** Shape and word in the state's colour; never a pill. */
export function StatusChip({ state, size, word = stateWords[state] }: Props) {
  return (
    <span className={styles.chip} data-state={state}>
      <StatusMark state={state} size={size} />
      <span>{word}</span>
    </span>
  );
}
