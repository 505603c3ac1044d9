import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/Button';
import { StatusChip } from '@/components/StatusChip';
import { servicesQuery } from '@/lib/api';
import { count } from '@/lib/words';
import { StepHead } from './Steps';
import styles from './setup.module.css';

interface Props {
  onDone: () => void;
  /** The way to add a service; it says the id of each that was added. */
  adding: (onAdded: (id: string) => void) => ReactNode;
}

/** Step 2: what to watch. */
export function WatchStep({ onDone, adding }: Props) {
  const { data } = useQuery(servicesQuery);
  const [added, setAdded] = useState<readonly string[]>([]);
  const watched = (data?.items ?? []).filter(({ id }) => added.includes(id));
  const there = data
    ? `${count(data.items.length, 'service is', 'services are')} there already.`
    : '';
  return (
    <div className={styles.form}>
      <StepHead at={2} title="What you watch">{`${there} Add your own, now or later.`}</StepHead>
      {watched.length > 0 && (
        <ul className={styles.added} aria-label="Added">
          {watched.map(({ id, name }) => (
            <li key={id}>
              <StatusChip state="operational" word={`${name} is watched`} />
            </li>
          ))}
        </ul>
      )}
      {adding((id) => setAdded((before) => [...before, id]))}
      <Button tone={watched.length ? 'primary' : 'secondary'} size="large" wide onClick={onDone}>
        {watched.length ? 'Go on' : 'Go on without'}
      </Button>
    </div>
  );
}
