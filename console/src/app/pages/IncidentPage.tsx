import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, type LucideIcon, Radio, SearchX } from 'lucide-react';
import { useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { ButtonLink } from '@/components/Button';
import { Dialog, Drawer } from '@/components/Dialog';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { Skeleton } from '@/components/Skeleton';
import { AlertsPanel } from '@/features/alerts';
import {
  Composer,
  FactsPanel,
  IncidentHead,
  IncidentMain,
  incidentQuery,
  PeoplePanel,
  PhoneTabs,
  Recovered,
  ServicesPanel,
  Story,
  useNotes,
  useVerbs,
  type VerbButton,
} from '@/features/incidents';
import { ApiProblem, type IncidentDetail } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { Page } from '../shell/Page';
import type { PhoneVerb } from '../shell/PhoneVerbs';
import styles from './IncidentPage.module.css';
import { RecordBar } from './RecordBar';

/** `/incidents/INC0000241`: what now, and how long have we got? */
export function Component() {
  const { ref = '' } = useParams();
  const query = useQuery(incidentQuery(ref));
  const { data, error, refetch, dataUpdatedAt } = query;
  if (data && data.id !== ref) return <Navigate to={`/incidents/${data.id}`} replace />;
  if (data) {
    return <Incident key={data.id} incident={data} error={error} shownAsOf={dataUpdatedAt} />;
  }
  const missing = error instanceof ApiProblem && error.status === 404;
  return (
    <Page title={ref} header={<RecordBar parent={parent} reference={ref} />}>
      {!missing && <h1 className="visually-hidden">{ref}</h1>}
      {missing && <Missing reference={ref} />}
      {error && !missing && <ErrorPanel what={ref} error={error} onRetry={() => void refetch()} />}
      {!error && <Skeleton what={ref} lines={6} />}
    </Page>
  );
}

const parent = { to: '/incidents', name: 'Incidents' };

function Missing({ reference }: { reference: string }) {
  return (
    <EmptyState
      size="page"
      icon={SearchX}
      title={`There is no incident ${reference}.`}
      actions={<ButtonLink to="/incidents">All incidents</ButtonLink>}
    >
      It may have been archived, or the link was cut short.
    </EmptyState>
  );
}

interface Props {
  incident: IncidentDetail;
  error: unknown;
  shownAsOf: number;
}

function Incident({ incident, error, shownAsOf }: Props) {
  const verbs = useVerbs(incident);
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const find = (verb: VerbButton['verb']) =>
    [...verbs.shown, ...verbs.more].find((each) => each.verb === verb);
  const banner = <Recovered incident={incident} resolve={find('resolve')} />;
  const header = (
    <div className={styles.head}>
      <RecordBar parent={parent} reference={incident.id} />
      {error ? (
        <div className={styles.error}>
          <ErrorPanel what="The newest state" error={error} shownAsOf={shownAsOf} />
        </div>
      ) : null}
      <IncidentHead incident={incident} verbs={verbs} />
    </div>
  );
  const people = <PeoplePanel incident={incident} assign={find('assign')} />;
  const services = <ServicesPanel incident={incident} />;
  const alerts = <AlertsPanel ids={incident.alerts} />;
  const facts = <FactsPanel incident={incident} edit={find('edit')} />;

  if (phone) {
    return (
      <OnPhone
        incident={incident}
        header={header}
        verbs={verbs}
        tabs={[
          {
            name: 'Timeline',
            content: (
              <>
                {banner}
                <Story incident={incident} />
              </>
            ),
          },
          {
            name: 'Services',
            count: incident.affected_services.length,
            content: (
              <>
                {services}
                {alerts}
              </>
            ),
          },
          {
            name: 'Details',
            content: (
              <>
                {people}
                {facts}
              </>
            ),
          },
        ]}
      />
    );
  }
  return (
    <Page
      title={`${incident.id} ${incident.title}`}
      padded={false}
      header={header}
      aside={
        <>
          {people}
          {services}
          {alerts}
          {facts}
        </>
      }
    >
      <IncidentMain incident={incident} banner={banner} />
      {verbs.dialogs}
    </Page>
  );
}

interface PhoneProps {
  incident: IncidentDetail;
  header: React.ReactNode;
  verbs: ReturnType<typeof useVerbs>;
  tabs: Parameters<typeof PhoneTabs>[0]['tabs'];
}

function OnPhone({ incident, header, verbs, tabs }: PhoneProps) {
  const [writing, setWriting] = useState(false);
  const [more, setMore] = useState(false);
  const notes = useNotes(incident);
  const thumb: PhoneVerb[] = [
    { label: 'Post update', icon: Radio, primary: true, run: () => setWriting(true) },
    ...verbs.shown.slice(0, 2).map(
      ({ label, icon, refused, run }): PhoneVerb => ({
        label,
        icon: icon as LucideIcon,
        run: () => (refused ? void toast(refused, { tone: 'refused' }) : run()),
      }),
    ),
    { label: 'More', icon: Ellipsis, run: () => setMore(true) },
  ];
  return (
    <Page title={incident.id} padded={false} header={header} verbs={thumb}>
      <PhoneTabs tabs={tabs} />
      <Drawer opened={writing} onClose={() => setWriting(false)} title={incident.id}>
        <Composer incident={incident} notes={notes} focused onDone={() => setWriting(false)} />
      </Drawer>
      <Dialog opened={more} onClose={() => setMore(false)} title={incident.id}>
        <MoreVerbs
          verbs={[...verbs.shown.slice(2), ...verbs.more]}
          onChosen={() => setMore(false)}
        />
      </Dialog>
      {verbs.dialogs}
    </Page>
  );
}

function MoreVerbs({ verbs, onChosen }: { verbs: readonly VerbButton[]; onChosen: () => void }) {
  return (
    <ul className={styles.more}>
      {verbs.map(({ verb, label, icon: Icon, refused, run }) => (
        <li key={verb}>
          <button
            type="button"
            aria-disabled={refused ? true : undefined}
            onClick={() => {
              if (refused) return void toast(refused, { tone: 'refused' });
              onChosen();
              run();
            }}
          >
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            <span>{label}</span>
            {refused && <small>{refused}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}
