import type { ReactNode } from 'react';
import { Bell } from '@/components/Bell';
import { Toasts } from '@/components/Toasts';
import { useKeyboard } from '@/lib/keys';
import styles from './Doorway.module.css';

/** The frame of log-in and set-up: the product and what it says on the left, one form on the right. */
export function Doorway({
  left,
  foot,
  children,
}: {
  left?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}) {
  useKeyboard();
  return (
    <div className={styles.doorway}>
      <header className={styles.left}>
        <div className={styles.sign}>
          <Bell size={24} /> Tocsin
        </div>
        {left}
        {foot && <div className={styles.foot}>{foot}</div>}
      </header>
      <main className={styles.right}>
        <div className={styles.form}>{children}</div>
      </main>
      <Toasts />
    </div>
  );
}
