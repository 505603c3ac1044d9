import { useInfiniteQuery } from '@tanstack/react-query';
import { Mail, Trash2, Users, Webhook } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Button, IconButton } from '@/components/Button';
import { AskOnce } from '@/components/Dialog';
import { EmptyState } from '@/components/EmptyState';
import { ErrorPanel } from '@/components/ErrorPanel';
import { RelativeTime } from '@/components/RelativeTime';
import { Skeleton } from '@/components/Skeleton';
import { type StatusPage, type Subscriber, sentenceOf, useMay } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { sentenceCase } from '@/lib/words';
import { subscribersQuery, useRemoveSubscriber } from './queries';
import styles from './statuspages.module.css';

const words: Record<string, string> = {
  unconfirmed: 'Has not confirmed yet',
  active: 'Follows',
  ended: 'Follows no more',
};

/** Who follows a page, and the way to take somebody off. */
export function Subscribers({ page }: { page: StatusPage }) {
  const query = useInfiniteQuery(subscribersQuery(page.slug));
  const found = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const [leaving, setLeaving] = useState<Subscriber | null>(null);
  const mayRemove = useMay('subscribers.write');
  if (!found) {
    return (
      <div className={styles.padded}>
        {query.error ? (
          <ErrorPanel what="Subscribers" error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton what="Subscribers" lines={5} />
        )}
      </div>
    );
  }
  if (found.length === 0) {
    return (
      <EmptyState size="page" icon={Users} title="Nobody yet.">
        People follow on the page itself and confirm by mail.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles.subscribers} aria-label={`Subscribers of ${page.name}`}>
        {found.map((one) => (
          <li key={one.id}>
            {one.kind === 'webhook' ? (
              <Webhook size={15} strokeWidth={1.6} aria-hidden />
            ) : (
              <Mail size={15} strokeWidth={1.6} aria-hidden />
            )}
            <Link to={`/deliveries?recipient=${encodeURIComponent(one.address)}`}>
              {one.address}
            </Link>
            <span className={styles.figure}>{words[one.state] ?? sentenceCase(one.state)}</span>
            <span className={styles.since}>
              <RelativeTime at={one.confirmed_at ?? one.created_at} as="moment" />
            </span>
            {mayRemove && !one.ended_at ? (
              <IconButton
                icon={Trash2}
                label={`Take ${one.address} off`}
                onClick={() => setLeaving(one)}
              />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
            Next
          </Button>
        </div>
      )}
      <TakeOff page={page} subscriber={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

interface TakeOffProps {
  page: StatusPage;
  subscriber: Subscriber | null;
  onClose: () => void;
}

function TakeOff({ page, subscriber, onClose }: TakeOffProps) {
  const removing = useRemoveSubscriber(page.slug);
  return (
    <AskOnce
      opened={subscriber !== null}
      onClose={onClose}
      question="Take this subscriber off?"
      confirm="Take off"
      busy={removing.isPending}
      onConfirm={() =>
        subscriber &&
        removing.mutate(subscriber.id, {
          onSuccess: () => void toast(`${subscriber.address} taken off`),
          onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
          onSettled: onClose,
        })
      }
    >
      {subscriber?.address} gets no more news from {page.name}, and is not told. They can follow
      again themselves.
    </AskOnce>
  );
}
