import { useQuery } from '@tanstack/react-query';
import { BellOff, Hand, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { MonitorPanel } from '@/features/monitors';
import { BudgetPanel, UptimePanel } from '@/features/objectives';
import {
  ServiceAside,
  ServiceScreen,
  ServiceVerbs,
  serviceQuery,
  useMuting,
} from '@/features/services';
import { ApiProblem, useMay, useSession } from '@/lib/api';
import { Page } from '../shell/Page';
import styles from './ServicePage.module.css';

const parent = { to: '/board', name: 'Board' };

/** `/services/:id`: how is it, and why do we think so? */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery(serviceQuery(id));
  const member = useSession().data?.user;
  const maySet = useMay('status.set');
  const [asking, setAsking] = useState(false);
  const service = query.data;
  const mute = useMuting(service ?? { id, name: id });
  if (query.error instanceof ApiProblem && query.error.status === 404) return <Gone />;
  return (
    <Page
      title={service?.name ?? 'Service'}
      heading={!service}
      parent={parent}
      action={
        service && member ? (
          <ServiceVerbs service={service} asking={asking} onAsk={setAsking} />
        ) : null
      }
      aside={
        service && (
          <>
            <BudgetPanel serviceId={service.id} />
            <ServiceAside service={service} />
          </>
        )
      }
      verbs={[
        ...(mute.refused ? [] : [{ label: 'Mute for 1 h', icon: BellOff, run: mute.run }]),
        ...(maySet ? [{ label: 'Set by hand', icon: Hand, run: () => setAsking(true) }] : []),
      ]}
    >
      <Loaded query={query} what="Service">
        {(loaded) => (
          <>
            <ServiceScreen service={loaded}>
              {member && <MonitorPanel serviceId={loaded.id} />}
            </ServiceScreen>
            <div className={styles.trend}>
              <UptimePanel serviceId={loaded.id} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Gone() {
  return (
    <Page title="Not found" heading={false} parent={parent}>
      <EmptyState
        size="page"
        icon={SearchX}
        title="There is no such service."
        actions={<ButtonLink to="/board">Open the board</ButtonLink>}
      >
        It may have been archived, or it is not public.
      </EmptyState>
    </Page>
  );
}
