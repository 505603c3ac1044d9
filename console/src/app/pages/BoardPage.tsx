import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { Skeleton } from '@/components/Skeleton';
import { Board, FirstInLine, LatestChanges, RegistryNotice } from '@/features/board';
import { NextMaintenance } from '@/features/maintenance';
import { Page } from '../shell/Page';
import { BoardViews, BoardViewsOnPhones, useBoardVerbs } from './BoardViews';

const Executive = lazy(async () => ({ default: (await import('@/features/executive')).Executive }));

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
            <NextMaintenance />
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
