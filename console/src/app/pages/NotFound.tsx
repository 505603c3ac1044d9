import { SearchX } from 'lucide-react';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '../shell/Page';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Not found" heading={false}>
      <EmptyState
        size="page"
        icon={SearchX}
        title="There is nothing at this address."
        actions={<ButtonLink to="/board">Open the board</ButtonLink>}
      >
        It may have been archived, or the link was cut short.
      </EmptyState>
    </Page>
  );
}
