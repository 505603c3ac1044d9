import { useQuery } from '@tanstack/react-query';
import { Check, SearchX, Siren } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { Button, ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { Skeleton } from '@/components/Skeleton';
import {
  AlertStatus,
  alertQuery,
  EpisodePanel,
  IncidentPanel,
  incidentOfAlertQuery,
  TellingPanel,
  ToldPanel,
  useAcknowledge,
  Why,
} from '@/features/alerts';
import { type AlertDetail, ApiProblem, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { Page } from '../shell/Page';
import type { PhoneVerb } from '../shell/PhoneVerbs';
import styles from './AlertPage.module.css';
import { RecordBar } from './RecordBar';

const parent = { to: '/alerts', name: 'Alerts' };

/** `/alerts/:id`: why did I get this? */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(alertQuery(id));
  if (data) return <Alert alert={data} />;
  const missing = error instanceof ApiProblem && [404, 422].includes(error.status);
  return (
    <Page title="Alert" header={<RecordBar parent={parent} />}>
      {!missing && <h1 className="visually-hidden">Alert</h1>}
      {missing && (
        <EmptyState
          size="page"
          icon={SearchX}
          title="There is no such alert."
          actions={<ButtonLink to="/alerts">All alerts</ButtonLink>}
        />
      )}
      {error && !missing && (
        <ErrorPanel what="Alert" error={error} onRetry={() => void refetch()} />
      )}
      {!error && <Skeleton what="Alert" lines={6} />}
    </Page>
  );
}

function Alert({ alert }: { alert: AlertDetail }) {
  const navigate = useNavigate();
  const { acknowledge, busy, refused } = useAcknowledging(alert);
  const incident = useQuery(incidentOfAlertQuery(alert)).data;
  const open = incident && (() => void navigate(`/incidents/${incident.id}`));
  const waiting = alert.state === 'firing';

  useKeys([
    ...(waiting ? [{ keys: 'y', label: 'Acknowledge the alert', refused, run: acknowledge }] : []),
    ...(open ? [{ keys: 'Enter', label: `Open ${incident.id}`, run: open }] : []),
  ]);

  const verbs: PhoneVerb[] = [
    ...(open ? [{ label: `Open ${incident.id}`, icon: Siren, primary: true, run: open }] : []),
    ...(waiting && !refused ? [{ label: 'Acknowledge', icon: Check, run: acknowledge }] : []),
  ];
  const actions = (
    <span className={styles.actions}>
      {waiting && (
        <Button icon={Check} keys="y" busy={busy} refused={refused} onClick={acknowledge}>
          Acknowledge
        </Button>
      )}
      {incident && (
        <ButtonLink to={`/incidents/${incident.id}`} tone="primary" keys="Enter">
          Open {incident.id}
        </ButtonLink>
      )}
    </span>
  );
  return (
    <Page
      title={`Alert: ${alert.service_name}`}
      header={
        <div className={styles.bar}>
          <RecordBar
            parent={parent}
            beside={
              <>
                <strong className={styles.name}>{alert.service_name}</strong>
                <AlertStatus alert={alert} />
              </>
            }
            action={actions}
          />
        </div>
      }
      aside={
        <>
          <EpisodePanel alert={alert} />
          <TellingPanel alert={alert} />
          <IncidentPanel alert={alert} />
          <ToldPanel alert={alert} />
        </>
      }
      verbs={verbs}
    >
      <Why alert={alert} />
    </Page>
  );
}

function useAcknowledging({ id, service_name }: AlertDetail) {
  const may = useMay('alerts.acknowledge');
  const acknowledging = useAcknowledge();
  return {
    busy: acknowledging.isPending,
    refused: may ? null : 'You may look but not change this. Ask an ITSM manager.',
    acknowledge: () =>
      acknowledging.mutate(id, {
        onSuccess: () => void toast(`Alert of ${service_name} acknowledged`),
        onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
      }),
  };
}
