import { lazy, Suspense, useState } from 'react';
import { Avatar } from '@/components/Avatar';
import { useSession } from '@/lib/api';
import { roleWords } from '@/lib/words';
import styles from './Rail.module.css';

const UserMenu = lazy(async () => ({ default: (await import('./UserMenu')).UserMenu }));

/** Who is here, at the foot of the rail; pressing it opens theme, keys and session. */
export function UserBlock({ narrow }: { narrow: boolean }) {
  const { data: me } = useSession();
  const [asked, setAsked] = useState(false);
  const user = me?.user;
  const name = user?.name ?? 'Not logged in';
  const below = user ? me.roles.map((role) => roleWords[role]).join(', ') : 'Theme and log-in';
  const block = (
    <button
      type="button"
      className={styles.user}
      title="Theme, keys, session"
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <Avatar name={user?.name ?? null} />
      <span className={styles.who}>
        <strong>{name}</strong>
        <span>{below}</span>
      </span>
    </button>
  );
  return (
    <div className={styles.foot}>
      {asked ? (
        <Suspense fallback={block}>
          <UserMenu narrow={narrow}>{block}</UserMenu>
        </Suspense>
      ) : (
        block
      )}
    </div>
  );
}
