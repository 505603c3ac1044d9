import { Ban, CircleCheck, CircleX, Forward, type LucideIcon, Send } from 'lucide-react';
import type { DeliveryState } from '@/lib/api';
import styles from './deliveries.module.css';
import { stateWords } from './filters';

const icons: Record<DeliveryState, LucideIcon> = {
  pending: Send,
  sent: CircleCheck,
  failed: CircleX,
  superseded: Forward,
  blocked: Ban,
};

/** Shape and word of where a delivery stands. */
export function StateMark({ state }: { state: DeliveryState }) {
  const Icon = icons[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} strokeWidth={1.6} aria-hidden />
      {stateWords[state]}
    </span>
  );
}
