import { Hash, Lock, Mail, Radio, Webhook } from 'lucide-react';
import { Link } from 'react-router';
import { Skeleton } from '@/components/Skeleton';
import type { Audience } from '@/lib/api';
import { count, listed } from '@/lib/words';
import styles from './Leaving.module.css';

const icon = { size: 15, strokeWidth: 1.6, 'aria-hidden': true } as const;

interface Props {
  audience: Audience | undefined;
  failed: boolean;
  /** How many notes and comments stay where they are. */
  notes: number;
}

/** Before anything leaves: where it shows and who gets it. */
export function Leaving({ audience, failed, notes }: Props) {
  return (
    <div className={styles.leaving}>
      <h2>What leaves the building</h2>
      {audience ? (
        <ul>
          <li>
            <Radio {...icon} />
            <strong>{audience.pages.length === 1 ? 'Status page' : 'Status pages'}</strong>
            <span className={styles.where}>
              {audience.pages.length ? listed(audience.pages) : 'none shows it'}
            </span>
          </li>
          <li data-none={audience.mail === 0 || undefined}>
            <Mail {...icon} />
            <Counted n={audience.mail} word="subscriber by mail" words="subscribers by mail" />
          </li>
          <li data-none={audience.webhooks === 0 || undefined}>
            <Webhook {...icon} />
            <Counted n={audience.webhooks} word="webhook" words="webhooks" />
          </li>
          <li data-none={audience.chat === 0 || undefined}>
            <Hash {...icon} />
            <Counted n={audience.chat} word="chat channel" words="chat channels" />
          </li>
          {notes > 0 && (
            <li data-none>
              <Lock {...icon} />
              <span>Stays in: {count(notes, 'note')}</span>
            </li>
          )}
        </ul>
      ) : failed ? (
        <p className={styles.plain}>Could not find out who gets this.</p>
      ) : (
        <Skeleton what="Who gets this" lines={4} />
      )}
      {audience?.pages.length === 0 && (
        <p className={styles.plain}>
          No page shows these services. <Link to="/status-pages">Add them to one</Link>
        </p>
      )}
    </div>
  );
}

function Counted({ n, word, words }: { n: number; word: string; words: string }) {
  if (n === 0) return <span>No {words}</span>;
  return (
    <span>
      <strong>{n.toLocaleString('en-GB')}</strong> {n === 1 ? word : words}
    </span>
  );
}

/** The same place for what stays inside. */
export function Staying() {
  return (
    <div className={styles.leaving}>
      <h2>Nothing leaves the building</h2>
      <p className={styles.plain}>Only people who are logged in read this.</p>
    </div>
  );
}
