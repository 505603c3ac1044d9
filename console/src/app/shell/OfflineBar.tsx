import { CloudOff } from 'lucide-react';
import { OfflineWords } from '@/components/OfflineWords';
import { useLive } from '@/lib/live';
import styles from './OfflineBar.module.css';

/** Over every screen while the server cannot be reached: how old all this is. */
export function OfflineBar() {
  const { offline, answeredAt } = useLive();
  return (
    <div role="status" className={offline ? styles.bar : undefined}>
      {offline && (
        <>
          <CloudOff size={16} strokeWidth={1.6} aria-hidden />
          <span>
            <strong>
              <OfflineWords asOf={answeredAt} />
            </strong>{' '}
            Nothing can be changed until the server answers.
          </span>
        </>
      )}
    </div>
  );
}
