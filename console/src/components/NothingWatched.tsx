import { useMay } from '@/lib/api';
import { ButtonLink } from './Button';
import { EmptyState } from './EmptyState';

/** What every view of the board says on the first day. */
export function NothingWatched() {
  const mayAdd = useMay('services.write');
  return (
    <EmptyState
      size="page"
      title="Nothing is watched yet."
      actions={
        mayAdd && (
          <ButtonLink to="/settings/services/new" tone="primary">
            Add a service
          </ButtonLink>
        )
      }
    >
      Paste the address of a vendor’s status page or of your own website.
    </EmptyState>
  );
}
