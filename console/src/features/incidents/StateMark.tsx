import { Ban, Circle, CircleCheck, CircleDot, Lock, type LucideIcon, Pause } from 'lucide-react';
import type { IncidentStatus } from '@/lib/api';
import { incidentWords } from '@/lib/words';
import styles from './incidents.module.css';

/** The shape of a state: hollow for new, a dot for work, two bars for a pause, a tick at the end. */
export const stateIcons: Record<IncidentStatus, LucideIcon> = {
  open: Circle,
  in_progress: CircleDot,
  pending: Pause,
  resolved: CircleCheck,
  closed: Lock,
  cancelled: Ban,
};

/** Shape and word of an incident's state, in ink: colour belongs to how services are. */
export function StateMark({ status }: { status: IncidentStatus }) {
  const Icon = stateIcons[status];
  return (
    <span className={styles.state}>
      <Icon size={15} strokeWidth={1.6} aria-hidden />
      {incidentWords[status]}
    </span>
  );
}
