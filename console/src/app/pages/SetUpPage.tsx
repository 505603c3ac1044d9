import { useEffect } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { AccountStep, HearStep, lastStep, PageStep, Steps, WatchStep } from '@/features/setup';
import { AddService } from '@/features/sources';
import { type Me, useSession } from '@/lib/api';
import { Doorway } from '../shell/Doorway';

const promise =
  'Everything stays on this server. Nothing is sent until you set a channel in step 3.';
const screens = [Watch, HearStep, PageStep];

function Watch({ onDone }: { onDone: () => void }) {
  return (
    <WatchStep
      onDone={onDone}
      adding={(onAdded) => <AddService size="large" onAdded={({ id }) => onAdded(id)} />}
    />
  );
}

/** The step to show: the account first, then what the address says. */
function stepOf(me: Me, asked: string | null): number {
  if (!me.user) return 1;
  const step = Number(asked ?? 2);
  return Number.isInteger(step) && step >= 2 && step <= lastStep ? step : 2;
}

/** `/setup`: from the printed link to the first sight of the board, in four steps. */
export function Component() {
  const { data: me } = useSession();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  useEffect(() => {
    document.title = 'Set up · Tocsin';
  }, []);
  if (!me) return null;
  const token = search.get('token');
  const step = stepOf(me, search.get('step'));
  if (step > 1 && !me.permissions.includes('settings.write'))
    return <Navigate to="/board" replace />;
  const goOn = (from: number) =>
    navigate(from < lastStep ? `/setup?step=${from + 1}` : '/board', { replace: from === 1 });
  const Screen = screens[step - 2];
  return (
    <Doorway left={<Steps at={step} />} foot={promise}>
      {Screen ? (
        <Screen key={step} onDone={() => goOn(step)} />
      ) : me.set_up || !token ? (
        <NoLink done={me.set_up} />
      ) : (
        <AccountStep token={token} onDone={() => goOn(1)} />
      )}
    </Doorway>
  );
}

function NoLink({ done }: { done: boolean }) {
  if (done) {
    return (
      <EmptyState
        size="page"
        title="Tocsin is set up."
        actions={<ButtonLink to="/login">Log in</ButtonLink>}
      >
        The link works once, and it was used.
      </EmptyState>
    );
  }
  return (
    <EmptyState size="page" title="Open the printed link.">
      Tocsin prints a one-time link in the terminal when it starts. Open that one.
    </EmptyState>
  );
}
