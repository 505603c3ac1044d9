import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { StatusMark } from '@/components/StatusMark';
import type { Reached } from '@/lib/api';
import { count } from '@/lib/words';
import styles from './Service.module.css';

const most = 12;

/** Who feels it, and along which path. */
export function Impact({ reached }: { reached: readonly Reached[] }) {
  const felt = reached.filter((each) => each.felt).length;
  const note = felt
    ? `${count(felt, 'service')} in trouble because of it, ${reached.length - felt} not yet`
    : `${count(reached.length, 'service')} may feel it`;
  return (
    <Panel title="Who feels it" note={note}>
      <ol className={styles.reached}>
        {reached.slice(0, most).map(({ id, path, felt }) => (
          <li key={id} data-felt={felt || undefined}>
            <StatusMark state={felt ? 'degraded' : 'unknown'} size={14} />
            <Link to={`/services/${id}`}>{path.at(-1)}</Link>
            <span>
              {felt ? 'feels it' : 'may feel it'}
              {path.length > 2 && ` through ${path.slice(1, -1).join(' → ')}`}
            </span>
          </li>
        ))}
        {reached.length > most && <li>and {reached.length - most} more</li>}
      </ol>
    </Panel>
  );
}
