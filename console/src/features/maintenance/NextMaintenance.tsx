import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { Loaded } from '@/components/Loaded';
import { StatusMark } from '@/components/StatusMark';
import { type Maintenance, servicesQuery, useMay } from '@/lib/api';
import { exact, useNow } from '@/lib/time';
import { count } from '@/lib/words';
import styles from './maintenance.module.css';
import { soonQuery } from './queries';
import { soonWords } from './times';

const shown = 3;

/** What is worked on now and what comes next; one quiet line where nothing is planned. */
export function NextMaintenance() {
  const query = useQuery(soonQuery(shown));
  const mayEnter = useMay('maintenance.read');
  return (
    <Panel title="Next maintenance" right={mayEnter && <Link to="/maintenance">All</Link>}>
      <Loaded query={query} what="Maintenance">
        {(windows) =>
          windows.length === 0 ? (
            <p className={styles.quiet}>Nothing is planned.</p>
          ) : (
            <ul className={styles.soon}>
              {windows.map((window) => (
                <Soon key={window.id} window={window} linked={mayEnter} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Soon({ window, linked }: { window: Maintenance; linked: boolean }) {
  const now = useNow();
  const { id, title, starts_at, status } = window;
  const running = status === 'in_progress';
  return (
    <li data-running={running || undefined}>
      <StatusMark state="maintenance" />
      {linked ? <Link to={`/maintenance/${id}`}>{title}</Link> : <span>{title}</span>}
      <p>
        <time dateTime={starts_at} title={exact(Date.parse(starts_at))}>
          {soonWords(window, now)}
        </time>
        <Touched ids={window.affected_services} />
      </p>
    </li>
  );
}

/** The one service by name, more of them by number. */
function Touched({ ids }: { ids: readonly string[] }) {
  const { data: services } = useQuery(servicesQuery);
  const [only, ...others] = ids;
  if (only === undefined) return null;
  if (others.length > 0) return `, ${count(ids.length, 'service')}`;
  return `, ${services?.items.find(({ id }) => id === only)?.name ?? only}`;
}
