import { LogIn, Plus, Search } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { Skeleton } from '@/components/Skeleton';
import { Board, FirstInLine, LatestChanges, RegistryNotice } from '@/features/board';
import { useMay, useSession } from '@/lib/api';
import { show } from '../shell/overlays';
import { Page } from '../shell/Page';
import type { PhoneVerb } from '../shell/PhoneVerbs';
import { BoardViews, BoardViewsOnPhones } from './BoardViews';

const Executive = lazy(async () => ({ default: (await import('@/features/executive')).Executive }));

/** What the thumb reaches on every view of the board. */
export function useBoardVerbs(): PhoneVerb[] {
  const member = useSession().data?.user;
  const mayOpen = useMay('incidents.open');
  const first: PhoneVerb[] = mayOpen
    ? [{ label: 'New incident', icon: Plus, to: '/incidents/new', primary: true }]
    : [];
  const logIn: PhoneVerb[] = member
    ? []
    : [{ label: 'Log in', icon: LogIn, to: '/login?next=%2Fboard' }];
  return [...first, { label: 'Search', icon: Search, run: () => show('palette') }, ...logIn];
}

/** `/board`: what is broken now? With `?view=executive`: does it hurt customers? */
export function Component() {
  const [search] = useSearchParams();
  const executive = search.get('view') === 'executive';
  return (
    <Page
      title="Board"
      heading={false}
      beside={<BoardViews />}
      aside={
        executive ? undefined : (
          <>
            <RegistryNotice />
            <FirstInLine />
            <LatestChanges />
          </>
        )
      }
      verbs={useBoardVerbs()}
    >
      <BoardViewsOnPhones />
      {executive ? (
        <Suspense fallback={<Skeleton what="Executive view" lines={5} />}>
          <Executive />
        </Suspense>
      ) : (
        <Board />
      )}
    </Page>
  );
}
