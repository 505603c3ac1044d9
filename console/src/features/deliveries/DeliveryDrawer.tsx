import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/Button';
import { Facts, Panel } from '@/components/Card';
import { Drawer } from '@/components/Dialog';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { Segmented } from '@/components/Segmented';
import { type DeliveryDetail, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { millis, span } from '@/lib/time';
import { toast } from '@/lib/toasts';
import { count, sentenceCase } from '@/lib/words';
import styles from './deliveries.module.css';
import { channelWords } from './filters';
import { deliveryQuery, useSendAgain } from './queries';
import { StateMark } from './StateMark';
import { addressOfSubject, causeWords, recipientWords, saidIn } from './words';

interface Props {
  id: string | null;
  onClose: () => void;
}

/** One delivery: what was sent, to whom, why, when, and what the provider said each time. */
export function DeliveryDrawer({ id, onClose }: Props) {
  const [last, setLast] = useState(id);
  if (id && id !== last) setLast(id);
  return (
    <Drawer opened={id !== null} onClose={onClose} title="Delivery" width={560}>
      {last && <Looked id={last} />}
    </Drawer>
  );
}

function Looked({ id }: { id: string }) {
  const query = useQuery(deliveryQuery(id));
  return (
    <Loaded query={query} what="Delivery">
      {(delivery) => <Detail delivery={delivery} />}
    </Loaded>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { state, recipient, channel, reason, cause, thread, created_at } = delivery;
  const subject = addressOfSubject(cause?.subject ?? thread);
  const what = causeWords(delivery);
  return (
    <div className={styles.detail}>
      <div className={styles.first}>
        <StateMark state={state} />
        <h2>{recipientWords(delivery)}</h2>
        <Outlook delivery={delivery} />
      </div>
      <Facts
        facts={[
          { name: 'What', value: subject ? <Link to={subject}>{what}</Link> : what },
          { name: 'Why', value: sentenceCase(reason) },
          {
            name: 'Where to',
            value: `${channelWords[channel] ?? channel}, ${recipient.address || recipient.id}`,
          },
          { name: 'Entered', value: <RelativeTime at={created_at} as="moment" /> },
          ...(delivery.drill ? [{ name: 'Drill', value: 'Went to the drill sink only' }] : []),
        ]}
      />
      <Attempts delivery={delivery} />
      <Body body={delivery.body} />
    </div>
  );
}

/** What happens next, and the way to make it happen. */
function Outlook({ delivery }: { delivery: DeliveryDetail }) {
  const { id, state, blocked_by, ready_at, attempts } = delivery;
  const mayRetry = useMay('deliveries.retry');
  const again = useSendAgain();
  const failed = state === 'failed';

  function send() {
    again.mutate(id, {
      onSuccess: () => void toast('Sent on its way again'),
      onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
    });
  }

  const refused = mayRetry ? null : 'You may look but not change this. Ask an ITSM manager.';
  useKeys(
    failed ? [{ keys: 's', label: 'Send again', group: 'Do' as const, refused, run: send }] : [],
  );

  if (failed) {
    return (
      <div className={styles.outlook}>
        <p>Given up after {count(attempts.length, 'attempt')}.</p>
        <Button tone="primary" keys="s" busy={again.isPending} refused={refused} onClick={send}>
          Send again
        </Button>
      </div>
    );
  }
  if (state === 'blocked') {
    return (
      <p className={styles.outlook}>
        <span>
          Waits for the setting <code>{blocked_by}</code>. It leaves by itself once that is set.
        </span>
      </p>
    );
  }
  if (state === 'pending' && attempts.length > 0) {
    return (
      <p className={styles.outlook}>
        <span>
          Tried again at <RelativeTime at={ready_at} as="clock" />.
        </span>
      </p>
    );
  }
  if (state === 'superseded') {
    return <p className={styles.outlook}>A newer message to the same recipient took its place.</p>;
  }
  return null;
}

const outcomes: Record<string, string> = {
  sent: 'Accepted',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

function Attempts({ delivery: { attempts } }: { delivery: DeliveryDetail }) {
  return (
    <Panel title="Attempts" note={attempts.length > 0 && attempts.length}>
      {attempts.length === 0 && <p className={styles.quiet}>None yet.</p>}
      <ol className={styles.attempts}>
        {attempts.toReversed().map(({ number, started_at, ended_at, outcome, answer }) => (
          <li key={number} data-outcome={outcome}>
            <span className={styles.number}>{number}</span>
            <div>
              <p>
                <strong>{outcomes[outcome] ?? sentenceCase(outcome)}</strong>{' '}
                <span className={styles.quiet}>
                  <RelativeTime at={started_at} as="moment" />, took{' '}
                  {took(millis(ended_at) - millis(started_at))}
                </span>
              </p>
              {answer && <code className={styles.said}>{answer}</code>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const took = (milliseconds: number) =>
  milliseconds < 1000 ? `${Math.max(0, milliseconds)} ms` : span(milliseconds);

type Side = 'read' | 'raw';

function Body({ body }: { body: unknown }) {
  const [side, setSide] = useState<Side>('read');
  const { subject, text, raw } = saidIn(body);
  const readable = subject !== null || text !== null;
  return (
    <Panel
      title="What was said"
      right={
        readable && (
          <Segmented
            label="Show"
            value={side}
            onChange={setSide}
            choices={[
              { value: 'read', label: 'To read' },
              { value: 'raw', label: 'As sent' },
            ]}
          />
        )
      }
    >
      {readable && side === 'read' ? (
        <article className={styles.letter}>
          {subject && <h3>{subject}</h3>}
          {text && <p>{text}</p>}
        </article>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
        <pre className={styles.raw} tabIndex={0}>
          {raw}
        </pre>
      )}
    </Panel>
  );
}
