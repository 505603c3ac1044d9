import { Graph } from '@/features/graph';
import { Page } from '../shell/Page';
import { BoardViews, BoardViewsOnPhones, useBoardVerbs } from './BoardViews';

/** `/graph`: where does it come from? */
export function Component() {
  const verbs = useBoardVerbs();
  return (
    <Graph
      frame={(main, aside) => (
        <Page title="Graph" heading={false} beside={<BoardViews />} aside={aside} verbs={verbs}>
          <BoardViewsOnPhones />
          {main}
        </Page>
      )}
    />
  );
}
