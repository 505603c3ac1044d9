import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorPanel } from '@/components/ErrorPanel';
import { Skeleton } from '@/components/Skeleton';
import { useSession } from '@/lib/api';
import { useRestored } from '@/lib/offline';

/** Lets through who may look: everybody to a public board, members to the rest; others log in first. */
export function Gate({ to }: { to: 'board' | 'members' }) {
  const { data: me, error, failureReason, refetch } = useSession();
  const restored = useRestored(failureReason);
  const { pathname, search } = useLocation();
  // While the last known board is looked for there is nothing to complain about.
  if (!me && (error || (failureReason && restored))) {
    return (
      <ErrorPanel what="Tocsin" error={error ?? failureReason} onRetry={() => void refetch()} />
    );
  }
  if (!me) return <Skeleton what="Tocsin" />;
  const open = me.user !== null || (to === 'board' && me.dashboard_public);
  if (open) return <Outlet />;
  return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}
