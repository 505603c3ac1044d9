import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorPanel } from '@/components/ErrorPanel';
import { Skeleton } from '@/components/Skeleton';
import { useSession } from '@/lib/api';

/** Lets through who may look: everybody to a public board, members to the rest; others log in first. */
export function Gate({ to }: { to: 'board' | 'members' }) {
  const { data: me, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (!me && error) {
    return <ErrorPanel what="Tocsin" error={error} onRetry={() => void refetch()} />;
  }
  if (!me) return <Skeleton what="Tocsin" />;
  const open = me.user !== null || (to === 'board' && me.dashboard_public);
  if (open) return <Outlet />;
  return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}
