import { Megaphone, Radio, RotateCcw } from 'lucide-react';
import { PriorityBadge } from '@/components/PriorityBadge';
import { RelativeTime } from '@/components/RelativeTime';
import { Tag } from '@/components/Tag';
import type { IncidentDetail } from '@/lib/api';
import { incidentWords, phaseWords } from '@/lib/words';
import { waitsFor } from '../clocks';
import { stateIcons } from '../StateMark';
import styles from './page.module.css';

/** How it stands, in small labels, and where it comes from. */
export function Chips({ incident }: { incident: IncidentDetail }) {
  const { status, pending_reason, major, phase, reopen_count } = incident;
  const waits =
    status === 'pending' && pending_reason ? `, waits for ${waitsFor[pending_reason]}` : '';
  return (
    <div className={styles.chips}>
      <span className={styles.onPhone}>
        <PriorityBadge priority={incident.priority} />
      </span>
      <Tag strong icon={stateIcons[status]}>
        {incidentWords[status]}
        {waits}
      </Tag>
      {major && <Tag icon={Megaphone}>Major</Tag>}
      {phase !== 'none' && <Tag icon={Radio}>Public, {phaseWords[phase]}</Tag>}
      {reopen_count > 0 && (
        <Tag icon={RotateCcw}>
          {reopen_count > 1 ? `Reopened ${reopen_count} times` : 'Reopened'}
        </Tag>
      )}
      <Opened incident={incident} />
    </div>
  );
}

function Opened({ incident: { opened_at, opened_by } }: { incident: IncidentDetail }) {
  const rule = opened_by.kind === 'rule';
  return (
    <span className={styles.opened}>
      Opened <RelativeTime at={opened_at} as="moment" />, <RelativeTime at={opened_at} />, by{' '}
      <strong>{rule ? opened_by.label.replace(/^Rule /, 'rule ') : opened_by.label}</strong>
    </span>
  );
}
