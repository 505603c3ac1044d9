import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ErrorPanel } from '@/components/ErrorPanel';
import { Skeleton } from '@/components/Skeleton';
import { Accept, DeadLink } from '@/features/session';
import { ApiProblem, invitationQuery } from '@/lib/api';
import { Doorway } from '../shell/Doorway';

/** `/invitation`: from the link that somebody handed over to the board. */
export function Component() {
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  useEffect(() => {
    document.title = 'Invitation · Tocsin';
  }, []);
  return (
    <Doorway foot="The link works once and for a week. Whoever has it can come in: keep it to yourself.">
      {token ? <Opened key={token} token={token} /> : <DeadLink error={null} />}
    </Doorway>
  );
}

function Opened({ token }: { token: string }) {
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(invitationQuery(token));
  if (data) {
    return (
      <Accept
        token={token}
        invitation={data}
        onDone={() => navigate('/board', { replace: true })}
      />
    );
  }
  if (error instanceof ApiProblem && [404, 422].includes(error.status)) {
    return <DeadLink error={error} />;
  }
  if (error) return <ErrorPanel what="Invitation" error={error} onRetry={() => void refetch()} />;
  return <Skeleton what="Invitation" />;
}
