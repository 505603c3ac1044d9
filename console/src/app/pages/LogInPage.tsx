import { useEffect } from 'react';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { RightNow } from '@/features/board';
import { LogIn } from '@/features/session';
import { useSession } from '@/lib/api';
import { addressOf } from '@/lib/base';
import { Doorway } from '../shell/Doorway';
import styles from './LogInPage.module.css';

/** Where to go after log-in: only addresses of the console itself. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/board';
}

/** `/login`: how do I get in? */
export function Component() {
  const { data: me } = useSession();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const next = safeNext(search.get('next'));
  const tenant = me?.tenant.name ?? 'Tocsin';
  useEffect(() => {
    document.title = `Log in · ${tenant}`;
  }, [tenant]);
  if (me?.user) return <Navigate to={next} replace />;
  return (
    <Doorway foot={me?.dashboard_public && <Now tenant={tenant} />}>
      <LogIn tenant={tenant} onDone={() => navigate(next, { replace: true })} />
    </Doorway>
  );
}

function Now({ tenant }: { tenant: string }) {
  return (
    <>
      <RightNow tenant={tenant} />
      <p className={styles.links}>
        <Link to="/board">Open the board</Link>
        <a href={addressOf('/status/main')}>Public status page</a>
      </p>
    </>
  );
}
