import { ChevronLeft, Menu as MenuIcon, Plus, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { ButtonLink, IconButton } from '@/components/Button';
import { Kbd } from '@/components/Kbd';
import { useMay, useSession } from '@/lib/api';
import { LiveState } from './LiveState';
import { show } from './overlays';
import styles from './TopBar.module.css';

interface Props {
  title: string;
  heading?: boolean;
  parent?: { to: string; name: string };
  beside?: ReactNode;
  action?: ReactNode;
}

/** The bar over a screen: where one is, how fresh it is, the way to everything else. */
export function TopBar({ title, heading = true, parent, beside, action }: Props) {
  const Title = heading ? 'h1' : 'span';
  return (
    <header className={styles.bar}>
      <span className={styles.phone}>
        {parent ? (
          <Link to={parent.to} className={styles.back} aria-label={`Back to ${parent.name}`}>
            <ChevronLeft size={20} strokeWidth={1.6} aria-hidden />
          </Link>
        ) : (
          <IconButton icon={MenuIcon} label="Rooms" onClick={() => show('rail')} />
        )}
      </span>
      {parent && (
        <span className={styles.parent}>
          <Link to={parent.to}>{parent.name}</Link>
          <span aria-hidden> / </span>
        </span>
      )}
      <Title className={styles.title}>{title}</Title>
      {beside && <span className={styles.beside}>{beside}</span>}
      <span className={styles.right}>
        <LiveState />
        <SearchBox />
        <span className={styles.action}>{action === undefined ? <FirstAction /> : action}</span>
      </span>
    </header>
  );
}

/** Opens the palette; looks like the field it becomes. */
export function SearchBox() {
  return (
    <button
      type="button"
      className={styles.search}
      onClick={() => show('palette')}
      aria-keyshortcuts="Meta+K Control+K"
    >
      <Search size={15} strokeWidth={1.6} aria-hidden />
      <span>Search or run a command</span>
      <span aria-hidden className={styles.hint}>
        <Kbd keys="mod+k" />
      </span>
    </button>
  );
}

/** *New incident* for those who may, the log-in for strangers. */
function FirstAction() {
  const { data: me } = useSession();
  const { pathname } = useLocation();
  const mayOpen = useMay('incidents.open');
  if (me && !me.user) {
    return <ButtonLink to={`/login?next=${encodeURIComponent(pathname)}`}>Log in</ButtonLink>;
  }
  if (!mayOpen) return null;
  return (
    <ButtonLink to="/incidents/new" tone="primary" icon={Plus} keys="c">
      New incident
    </ButtonLink>
  );
}
