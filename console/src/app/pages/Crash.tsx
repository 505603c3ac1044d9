import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { sentenceOf } from '@/lib/api';

/** A screen that failed to draw says so and offers the one thing that helps. */
export function Crash() {
  const error = useRouteError();
  const words = isRouteErrorResponse(error) ? error.statusText : sentenceOf(error);
  return (
    <EmptyState
      size="page"
      title="This screen could not be shown."
      actions={<Button onClick={() => window.location.reload()}>Load it again</Button>}
    >
      {words}
    </EmptyState>
  );
}
