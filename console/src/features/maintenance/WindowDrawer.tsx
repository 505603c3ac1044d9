import { useQuery } from '@tanstack/react-query';
import { CalendarX2, Check, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/Button';
import { Facts } from '@/components/Card';
import { AskOnce, Drawer } from '@/components/Dialog';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { type Maintenance, sentenceOf, servicesQuery, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { useNow } from '@/lib/time';
import { toast } from '@/lib/toasts';
import styles from './maintenance.module.css';
import { EditDialog } from './PlanDialog';
import { useCancel, useComplete, windowQuery } from './queries';
import { repeatWords, spanWords } from './times';
import { Updates } from './Updates';
import { StateMark } from './WindowRow';

interface Props {
  id: string | null;
  onClose: () => void;
}

/** One window: what is done where and when, its verbs, and what people wrote. */
export function WindowDrawer({ id, onClose }: Props) {
  const [last, setLast] = useState(id);
  if (id && id !== last) setLast(id);
  return (
    <Drawer opened={id !== null} onClose={onClose} title="Maintenance" width={560}>
      {last && <Looked id={last} />}
    </Drawer>
  );
}

function Looked({ id }: { id: string }) {
  const query = useQuery(windowQuery(id));
  return (
    <Loaded query={query} what="Maintenance">
      {(window) => <Detail window={window} />}
    </Loaded>
  );
}

function Detail({ window }: { window: Maintenance }) {
  const { title, description, status, source, recurrence, began_at, updated_at } = window;
  const now = useNow();
  const facts = [
    { name: 'When', value: spanWords(window, now) },
    { name: 'Services', value: <Services ids={window.affected_services} /> },
    { name: 'Repeats', value: recurrence && repeatWords(recurrence) },
    { name: 'Zone', value: recurrence?.time_zone },
    { name: 'Began', value: began_at && <RelativeTime at={began_at} as="moment" /> },
    { name: 'Changed', value: <RelativeTime at={updated_at} /> },
    { name: 'Announced by', value: source === 'vendor' && 'The vendor' },
  ];
  return (
    <div className={styles.detail}>
      <div>
        <StateMark state={status} />
        <h2>{title}</h2>
        {description && <p className={styles.description}>{description}</p>}
      </div>
      <Verbs window={window} />
      <Facts facts={facts.filter(({ value }) => value)} />
      {source === 'own' && <Updates id={window.id} />}
    </div>
  );
}

function Services({ ids }: { ids: readonly string[] }) {
  const services = useQuery(servicesQuery).data?.items;
  const nameOf = (id: string) => services?.find((each) => each.id === id)?.name ?? id;
  return (
    <ul className={styles.hit}>
      {ids.map((id) => (
        <li key={id}>
          <Link to={`/services/${id}`}>{nameOf(id)}</Link>
        </li>
      ))}
    </ul>
  );
}

const refusal = 'You may look but not change this. Ask an ITSM manager.';

function Verbs({ window }: { window: Maintenance }) {
  const { id, status, source, title } = window;
  const mayWrite = useMay('maintenance.write');
  const complete = useComplete(id);
  const cancel = useCancel(id);
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const over = status === 'completed' || status === 'cancelled';
  const refused = mayWrite ? null : refusal;
  const finish = () =>
    complete.mutate(undefined, {
      onSuccess: () => toast(`${title} completed`),
      onError: (error) => toast(sentenceOf(error), { tone: 'failed' }),
    });
  const shown = source === 'own' && !over;
  useKeys(
    shown
      ? [
          { keys: 'e', label: 'Change', group: 'Do', refused, run: () => setEditing(true) },
          ...(status === 'in_progress'
            ? [{ keys: 'r', label: 'Complete', group: 'Do' as const, refused, run: finish }]
            : []),
        ]
      : [],
  );
  if (source === 'vendor') {
    return <p className={styles.note}>It follows what the vendor announces.</p>;
  }
  if (over) return null;
  return (
    <div className={styles.verbs}>
      {status === 'in_progress' && (
        <Button
          tone="primary"
          icon={Check}
          keys="r"
          refused={refused}
          busy={complete.isPending}
          onClick={finish}
        >
          Complete
        </Button>
      )}
      <Button icon={Pencil} keys="e" refused={refused} onClick={() => setEditing(true)}>
        Change
      </Button>
      <Button icon={CalendarX2} refused={refused} onClick={() => setAsking(true)}>
        Cancel maintenance
      </Button>
      <EditDialog window={editing ? window : null} onClose={() => setEditing(false)} />
      <AskOnce
        opened={asking}
        onClose={() => setAsking(false)}
        question={`Cancel ${title}?`}
        confirm="Cancel maintenance"
        busy={cancel.isPending}
        onConfirm={() =>
          cancel.mutate(undefined, {
            onSuccess: () => {
              setAsking(false);
              toast(`${title} cancelled`);
            },
            onError: (error) => toast(sentenceOf(error), { tone: 'failed' }),
          })
        }
      >
        {status === 'in_progress'
          ? 'Its services count again from this moment, and alerts go out.'
          : 'It will not begin. If it repeats, the next one stays planned.'}
      </AskOnce>
    </div>
  );
}
