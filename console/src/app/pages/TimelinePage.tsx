import { StatusTimeline } from '@/features/timeline';
import { Page } from '../shell/Page';
import { BoardViews, BoardViewsOnPhones, useBoardVerbs } from './BoardViews';

/** `/timeline`: what changed, and when? */
export function Component() {
  return (
    <Page title="Timeline" heading={false} beside={<BoardViews />} verbs={useBoardVerbs()}>
      <BoardViewsOnPhones />
      <StatusTimeline />
    </Page>
  );
}
