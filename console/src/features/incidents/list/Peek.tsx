import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ButtonLink } from '@/components/Button';
import { Facts, Panel } from '@/components/Card';
import { Drawer } from '@/components/Dialog';
import { Loaded } from '@/components/Loaded';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import type { IncidentDetail } from '@/lib/api';
import { Owner } from '../Owner';
import { incidentQuery } from '../queries';
import { StateMark } from '../StateMark';
import styles from './peek.module.css';

/** A look at an incident without leaving the list. */
export function Peek({ reference, onClose }: { reference: string | null; onClose: () => void }) {
  return (
    <Drawer
      opened={reference !== null}
      onClose={onClose}
      title={reference && <Reference>{reference}</Reference>}
      width={420}
    >
      {reference && <Looked reference={reference} />}
    </Drawer>
  );
}

function Looked({ reference }: { reference: string }) {
  const query = useQuery(incidentQuery(reference));
  return (
    <Loaded query={query} what="Incident">
      {(incident) => <Summary incident={incident} />}
    </Loaded>
  );
}

function Summary({ incident }: { incident: IncidentDetail }) {
  const { id, title, priority, status, assigned_to, opened_at, updates } = incident;
  const last = updates[0];
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => foot.current?.querySelector('a')?.focus(), []);
  return (
    <div className={styles.peek}>
      <h2 className={styles.title}>
        <PriorityBadge priority={priority} /> {title}
      </h2>
      <Facts
        facts={[
          { name: 'State', value: <StateMark status={status} /> },
          { name: 'Owner', value: <Owner assignee={assigned_to} /> },
          { name: 'Opened', value: <RelativeTime at={opened_at} /> },
        ]}
      />
      {incident.description && <p className={styles.text}>{incident.description}</p>}
      {incident.affected_services.length > 0 && (
        <Panel title="Services">
          <ul className={styles.services}>
            {incident.affected_services.map((service) => (
              <li key={service.id}>
                <span>{service.name}</span>
                <StatusChip state={service.status} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {last && (
        <Panel title="Newest update" note={<RelativeTime at={last.at} />}>
          <p className={styles.text}>{Object.values(last.texts)[0]}</p>
        </Panel>
      )}
      <div ref={foot}>
        <ButtonLink to={`/incidents/${id}`} tone="primary" keys="Enter" wide>
          Open
        </ButtonLink>
      </div>
    </div>
  );
}
