import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { MonitorScreen, monitorQuery } from '@/features/monitors';
import { serviceQuery } from '@/features/services';
import { ApiProblem } from '@/lib/api';
import { Page } from '../shell/Page';

/** `/services/:id/monitors/:monitorId`, or `new`: what do we check ourselves, and what does it say? */
export function Component() {
  const { id = '', monitorId = '' } = useParams();
  const navigate = useNavigate();
  const isNew = monitorId === 'new';
  const service = useQuery(serviceQuery(id));
  const query = useQuery({ ...monitorQuery(monitorId), enabled: !isNew });
  const missing = [service.error, query.error].some(
    (error) => error instanceof ApiProblem && (error.status === 404 || error.status === 422),
  );
  const parent = { to: `/services/${id}`, name: service.data?.name ?? 'Service' };
  if (missing) {
    return (
      <Page title="Not found" heading={false} parent={parent}>
        <EmptyState
          size="page"
          icon={SearchX}
          title="There is no such monitor."
          actions={<ButtonLink to={`/services/${id}`}>Open the service</ButtonLink>}
        >
          It may have been deleted.
        </EmptyState>
      </Page>
    );
  }
  const screen = {
    serviceId: id,
    onGone: () => navigate(`/services/${id}`),
    onSaved: (saved: { id: string; kind: string }, fresh: boolean) => {
      // The address of a new heartbeat has to be copied next.
      const waits = fresh && saved.kind === 'heartbeat';
      if (waits) navigate(`/services/${id}/monitors/${saved.id}`, { replace: true });
      else navigate(`/services/${id}`);
    },
  };
  return (
    <Page
      title={isNew ? 'New monitor' : 'Monitor'}
      heading={isNew || !query.data}
      parent={parent}
      action={null}
    >
      {isNew ? (
        <MonitorScreen monitor={null} {...screen} />
      ) : (
        <Loaded query={query} what="Monitor">
          {(monitor) => <MonitorScreen monitor={monitor} {...screen} />}
        </Loaded>
      )}
    </Page>
  );
}
