import { BellOff, BellRing, Check, type LucideIcon } from 'lucide-react';
import type { AlertState } from '@/lib/api';
import styles from './alerts.module.css';

export const stateWords: Record<AlertState, string> = {
  firing: 'Firing',
  acknowledged: 'Acknowledged',
  resolved: 'Over',
};

const icons: Record<AlertState, LucideIcon> = {
  firing: BellRing,
  acknowledged: Check,
  resolved: BellOff,
};

/** Shape and word of where an alert stands. */
export function StateMark({ state }: { state: AlertState }) {
  const Icon = icons[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} strokeWidth={1.6} aria-hidden />
      {stateWords[state]}
    </span>
  );
}
