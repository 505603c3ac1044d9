import { Hash, type LucideIcon, Mail, Webhook } from 'lucide-react';
import { memo } from 'react';
import { RelativeTime } from '@/components/RelativeTime';
import { Row, RowLink } from '@/components/rows/Rows';
import type { RowState } from '@/components/rows/useRowCursor';
import { Tag } from '@/components/Tag';
import type { Delivery } from '@/lib/api';
import { useLit } from '@/lib/useLit';
import { count } from '@/lib/words';
import styles from './deliveries.module.css';
import { channelWords } from './filters';
import { StateMark } from './StateMark';
import { causeWords, recipientWords } from './words';

export const columns = '118px minmax(0, 1.1fr) minmax(0, 1.3fr) minmax(0, 1fr) 116px';
export const head = ['State', 'To', 'What and why', 'Last answer', 'When'];

export const channelIcons: Record<string, LucideIcon> = {
  mail: Mail,
  slack: Hash,
  webhook: Webhook,
};

interface Props {
  delivery: Delivery;
  state: RowState;
  /** The list's address, so that closing the drawer comes back to it. */
  search: string;
}

/** One delivery in the list. */
export function DeliveryRow({ delivery, state, search }: Props) {
  const lit = useLit(`${delivery.state} ${delivery.attempts}`);
  return (
    <Row state={state} name={recipientWords(delivery)} lit={lit}>
      <Cells delivery={delivery} search={search} />
    </Row>
  );
}

const Cells = memo(function Cells({ delivery, search }: Pick<Props, 'delivery' | 'search'>) {
  const { id, channel, state, reason, created_at, drill } = delivery;
  const Icon = channelIcons[channel] ?? Mail;
  return (
    <>
      <span className={styles.stateCell}>
        <StateMark state={state} />
      </span>
      <span className={styles.to}>
        <Icon size={15} strokeWidth={1.6} aria-label={channelWords[channel] ?? channel} />
        <RowLink to={`/deliveries/${id}${search}`}>{recipientWords(delivery)}</RowLink>
        {drill && <Tag>Drill</Tag>}
      </span>
      <span className={styles.why}>
        <strong>{causeWords(delivery)}</strong>, {reason.replace(/\.$/, '')}
      </span>
      <span className={styles.answer}>
        <Answer delivery={delivery} />
      </span>
      <span className={styles.when}>
        <RelativeTime at={created_at} as="moment" />
      </span>
    </>
  );
});

function Answer({ delivery }: { delivery: Delivery }) {
  const { state, blocked_by, last_answer, attempts } = delivery;
  if (state === 'blocked') {
    return (
      <>
        Waits for <code>{blocked_by}</code>
      </>
    );
  }
  const tries = attempts > 1 ? `${count(attempts, 'attempt')}: ` : '';
  return <>{last_answer ? `${tries}${last_answer}` : attempts === 0 ? 'No attempt yet' : tries}</>;
}
