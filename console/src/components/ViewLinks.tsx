import { Link } from 'react-router';
import styles from './small.module.css';

export interface ViewLink {
  name: string;
  to: { pathname: string; search: string };
  current: boolean;
}

/** Ways to look at the same thing, side by side; unlike `SegmentedLinks` the query tells them apart. */
export function ViewLinks({ label, links }: { label: string; links: readonly ViewLink[] }) {
  return (
    <nav className={styles.segments} aria-label={label}>
      {links.map(({ name, to, current }) => (
        <Link key={name} to={to} aria-current={current ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
