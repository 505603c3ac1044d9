import { useQuery } from '@tanstack/react-query';
import { CheckCheck, SearchX } from 'lucide-react';
import { Button, ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { answer, api, roots, servicesQuery } from '@/lib/api';
import { ago, millis, useNow } from '@/lib/time';
import { count } from '@/lib/words';
import { type Filters, isFiltered } from '../filters';

const lastResolved = {
  queryKey: [roots.incidents, 'last resolved'],
  queryFn: () =>
    answer(api.GET('/incidents', { params: { query: { status: ['resolved'], limit: 1 } } })),
};

/** Nothing here: because of the filters, or because nothing is open. */
export function Empty({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  if (!isFiltered(filters)) return <NothingOpen />;
  return (
    <EmptyState
      size="page"
      icon={SearchX}
      title="Nothing matches these filters."
      actions={<Button onClick={onClear}>Clear filters</Button>}
    />
  );
}

function NothingOpen() {
  const now = useNow();
  const last = useQuery(lastResolved).data?.items[0];
  const services = useQuery(servicesQuery).data?.items ?? [];
  const checked = services.flatMap(({ checked_at }) => (checked_at ? [millis(checked_at)] : []));
  const sentences = [
    last?.resolved_at && `${last.id} was resolved ${ago(millis(last.resolved_at), now)}.`,
    checked.length > 0 &&
      `${count(checked.length, 'service is', 'services are')} being checked; the last check ran ${ago(Math.max(...checked), now)}.`,
  ].filter(Boolean);
  return (
    <EmptyState
      size="page"
      icon={CheckCheck}
      title="Nothing is open."
      actions={
        <ButtonLink to={{ search: '?status=resolved,closed' }}>See resolved incidents</ButtonLink>
      }
    >
      {sentences.join(' ')}
    </EmptyState>
  );
}
