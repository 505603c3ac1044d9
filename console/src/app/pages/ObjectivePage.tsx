import { useQuery } from '@tanstack/react-query';
import { SearchX, Target } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { ObjectiveScreen, sloQuery, TargetVerb } from '@/features/objectives';
import { ApiProblem, useMay, useSession } from '@/lib/api';
import { Page } from '../shell/Page';

/** `/services/:id/slo`: may we still take risks? */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery(sloQuery(id));
  const member = useSession().data?.user;
  const mayChange = useMay('objectives.write');
  const [asking, setAsking] = useState(false);
  const slo = query.data;
  const gone = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <Page
      title="SLO and SLA"
      heading={!slo && !gone}
      parent={{ to: `/services/${id}`, name: slo?.name ?? 'Service' }}
      verbs={
        slo && mayChange
          ? [{ label: 'Change the target', icon: Target, run: () => setAsking(true) }]
          : []
      }
      action={slo && member ? <TargetVerb slo={slo} asking={asking} onAsk={setAsking} /> : null}
    >
      {gone ? (
        <EmptyState
          size="page"
          icon={SearchX}
          title="There is no such service."
          actions={<ButtonLink to="/board">Open the board</ButtonLink>}
        >
          It may have been archived, or it is not public.
        </EmptyState>
      ) : (
        <Loaded query={query} what="Error budget">
          {(loaded) => <ObjectiveScreen slo={loaded} />}
        </Loaded>
      )}
    </Page>
  );
}
