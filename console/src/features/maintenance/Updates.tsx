import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Panel } from '@/components/Card';
import { TextAreaField } from '@/components/fields';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import { fieldError, sentenceOf, useMay } from '@/lib/api';
import styles from './maintenance.module.css';
import { updatesQuery, useWrite } from './queries';

/** What people wrote about a window; it stays inside. */
export function Updates({ id }: { id: string }) {
  const query = useQuery(updatesQuery(id));
  const mayWrite = useMay('maintenance.write');
  return (
    <Panel title="Updates" note="stay inside">
      <Loaded query={query} what="Updates">
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.note}>Nothing written yet.</p>
          ) : (
            <ol className={styles.updates}>
              {items.map(({ id: update, author, at, message }) => (
                <li key={update}>
                  <p className={styles.note}>
                    <strong>{author}</strong>, <RelativeTime at={at} as="moment" />
                  </p>
                  <p className={styles.said}>{message}</p>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      {mayWrite && <Write id={id} />}
    </Panel>
  );
}

function Write({ id }: { id: string }) {
  const [message, setMessage] = useState('');
  const write = useWrite(id);
  const missing = message.trim() ? null : 'Write something first.';

  function send(event: FormEvent) {
    event.preventDefault();
    if (missing || write.isPending) return;
    write.mutate(message.trim(), { onSuccess: () => setMessage('') });
  }

  return (
    <form onSubmit={send} className={styles.write}>
      <TextAreaField
        label="New update"
        rows={2}
        value={message}
        maxLength={5000}
        onChange={(event) => setMessage(event.currentTarget.value)}
        error={
          fieldError(write.error, 'message') ?? (write.error ? sentenceOf(write.error) : undefined)
        }
      />
      <Button type="submit" refused={missing} busy={write.isPending}>
        Write
      </Button>
    </form>
  );
}
