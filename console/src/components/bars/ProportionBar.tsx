import { type State, stateWords } from '@/lib/words';
import { StatusMark } from '../StatusMark';
import styles from './bars.module.css';

export interface Proportion {
  state: State;
  count: number;
  /** The words after the number: "in maintenance". */
  word?: string;
}

const word = ({ state, word: given }: Proportion) => given ?? stateWords[state].toLowerCase();

/** How many of each: one bar, worst first, and the same as counted words below it. */
export function ProportionBar({ parts, note }: { parts: readonly Proportion[]; note?: string }) {
  const present = parts.filter(({ count }) => count > 0);
  return (
    <div className={styles.proportions}>
      <div className={styles.whole} aria-hidden>
        {present.map(({ state, count }) => (
          <span key={state} data-state={state} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {present.map((part) => (
          <li key={part.state}>
            <StatusMark state={part.state} />
            <span>
              <strong className="tabular">{part.count}</strong> {word(part)}
            </span>
          </li>
        ))}
        {note && <li className={styles.note}>{note}</li>}
      </ul>
    </div>
  );
}
