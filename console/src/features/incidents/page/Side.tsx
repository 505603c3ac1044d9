import { Pencil } from 'lucide-react';
import { Link } from 'react-router';
import { IconButton } from '@/components/Button';
import { Facts, Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import { StatusMark } from '@/components/StatusMark';
import { Tag } from '@/components/Tag';
import type { IncidentDetail } from '@/lib/api';
import { count, sentenceCase } from '@/lib/words';
import { openImpacts } from '../composer/impacts';
import { Owner } from '../Owner';
import type { VerbButton } from '../verbs/useVerbs';
import styles from './page.module.css';

type Props = { incident: IncidentDetail };

/** Who has it. */
export function PeoplePanel({ incident, assign }: Props & { assign: VerbButton | undefined }) {
  return (
    <Panel title="People">
      <div className={styles.person}>
        <Owner assignee={incident.assigned_to} />
        {assign && !assign.refused ? (
          <button type="button" className={styles.quiet} onClick={assign.run}>
            {incident.assigned_to ? 'Owner, change' : 'Assign'}
          </button>
        ) : (
          <span className={styles.note}>Owner</span>
        )}
      </div>
    </Panel>
  );
}

/** The services that are hit: how they are, and what the public is told where that differs. */
export function ServicesPanel({ incident }: Props) {
  const { affected_services, updates } = incident;
  const told = openImpacts(updates);
  const shown = Object.keys(told).length;
  const note =
    affected_services.length > 0 &&
    `${count(affected_services.length, 'service')}${shown ? `, ${shown} public` : ''}`;
  return (
    <Panel title="Services" note={note}>
      {affected_services.length === 0 && <p className={styles.note}>None named yet.</p>}
      <ul>
        {affected_services.map(({ id, name, status }) => {
          const said = told[id];
          return (
            <li key={id} className={styles.service}>
              <StatusMark state={status} />
              <Link to={`/services/${id}`}>{name}</Link>
              <span className={styles.serviceState}>
                <StatusChip state={status} />
                {said && said !== status && (
                  <span className={styles.note}>
                    public: <StatusChip state={said} size={12} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** What else is known. */
export function FactsPanel({ incident, edit }: Props & { edit: VerbButton | undefined }) {
  const { severity, impact, urgency, started_at, category, tags, description } = incident;
  const { resolution_note, cancel_reason, severity_reason } = incident;
  const facts = [
    { name: 'Severity', value: sentenceCase(severity) },
    { name: 'Impact', value: sentenceCase(impact) },
    { name: 'Urgency', value: sentenceCase(urgency) },
    { name: 'Trouble since', value: <RelativeTime at={started_at} as="moment" /> },
    ...(category ? [{ name: 'Category', value: category }] : []),
  ];
  const texts = [
    ['Description', description],
    ['What was done', resolution_note],
    ['Why it was none', cancel_reason],
    ['Why this severe', severity_reason && sentenceCase(severity_reason)],
  ] as const;
  return (
    <Panel
      title="Details"
      right={
        edit &&
        !edit.refused && <IconButton icon={Pencil} label="Edit the incident" onClick={edit.run} />
      }
    >
      {texts.map(
        ([name, text]) =>
          text && (
            <div key={name} className={styles.words}>
              <p className={styles.note}>{name}</p>
              <p>{text}</p>
            </div>
          ),
      )}
      <Facts facts={facts} />
      {tags.length > 0 && (
        <div className={styles.tags}>
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
    </Panel>
  );
}
