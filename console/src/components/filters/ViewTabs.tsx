import { Link } from 'react-router';
import styles from './filters.module.css';

export interface View {
  name: string;
  /** The address below the page's: "?assignee=me"; '' is the page itself. */
  search: string;
  count?: number;
  current: boolean;
}

/** Ready-made views of a list, with how many each holds. */
export function ViewTabs({ label, views }: { label: string; views: readonly View[] }) {
  return (
    <nav className={styles.views} aria-label={label}>
      {views.map(({ name, search, count, current }) => (
        <Link key={name} to={{ search }} aria-current={current ? 'page' : undefined}>
          {name}
          {count !== undefined && <span className="tabular">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
