import { Radio } from 'lucide-react';
import { memo } from 'react';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { Row, RowLink } from '@/components/rows/Rows';
import type { RowState } from '@/components/rows/useRowCursor';
import { Tag } from '@/components/Tag';
import type { IncidentBrief } from '@/lib/api';
import { useLit } from '@/lib/useLit';
import { Owner } from '../Owner';
import { StateMark } from '../StateMark';
import styles from './list.module.css';
import { Since } from './Since';

export const columns = '38px 96px minmax(0, 1fr) 118px 152px 250px 22px';
export const head = ['', 'Reference', 'Title and service', 'State', 'Owner', 'Clock', ''];

/** One incident in the list. */
export function IncidentRow({ incident, state }: { incident: IncidentBrief; state: RowState }) {
  const lit = useLit(incident.version);
  return (
    <Row state={state} name={incident.id} lit={lit}>
      <Cells incident={incident} />
    </Row>
  );
}

const Cells = memo(function Cells({ incident }: { incident: IncidentBrief }) {
  const { id, title, priority, status, assigned_to, major } = incident;
  return (
    <>
      <span className={styles.priority}>
        <PriorityBadge priority={priority} wide />
      </span>
      <span className={styles.reference}>
        <Reference>{id}</Reference>
      </span>
      <span className={styles.title}>
        <RowLink to={`/incidents/${id}`}>{title}</RowLink>
        {major && <Tag>Major</Tag>}
        <Services incident={incident} />
      </span>
      <span className={styles.state}>
        <StateMark status={status} />
      </span>
      <span className={styles.ownerCell}>
        <Owner assignee={assigned_to} />
      </span>
      <span className={styles.clock}>
        <Since incident={incident} />
      </span>
      <span className={styles.public}>
        {incident.public && (
          <span title={incident.public_title ?? 'Public'}>
            <Radio size={14} strokeWidth={1.6} aria-hidden />
            <span className="visually-hidden">Public</span>
          </span>
        )}
      </span>
    </>
  );
});

function Services({ incident: { affected_services } }: { incident: IncidentBrief }) {
  const [first, ...more] = affected_services;
  if (!first) return null;
  return (
    <span className={styles.services} title={affected_services.map(({ name }) => name).join(', ')}>
      <Tag>{more.length ? `${first.name} + ${more.length}` : first.name}</Tag>
    </span>
  );
}
