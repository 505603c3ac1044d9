import { useQuery } from '@tanstack/react-query';
import { StatusMark } from '@/components/StatusMark';
import { servicesQuery } from '@/lib/api';
import { stateWords } from '@/lib/words';
import { layOut } from './layout';
import styles from './RightNow.module.css';
import { boardSentence } from './sentence';

/** The board in one sentence, for the log-in; nothing at all where the board is not public. */
export function RightNow({ tenant }: { tenant: string }) {
  const { data } = useQuery(servicesQuery);
  if (!data) return null;
  const counts = layOut(data.items).counts.filter(({ count }) => count > 0);
  return (
    <section className={styles.now}>
      <p className={styles.caption}>Right now at {tenant}</p>
      <p className={styles.sentence}>{boardSentence(data.items)}</p>
      <ul>
        {counts.map(({ state, count, word }) => (
          <li key={state}>
            <StatusMark state={state} />
            <span>
              <strong className="tabular">{count}</strong> {word ?? stateWords[state].toLowerCase()}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
