import { StatusChip } from '@/components/StatusChip';
import type { Alert } from '@/lib/api';

/** What an alert stands at; one that is over is green again, whatever it stood at last. */
export function AlertStatus({ alert, word }: { alert: Alert; word?: string }) {
  const over = alert.state === 'resolved';
  return (
    <StatusChip
      state={over ? 'operational' : alert.status}
      word={word ?? (over ? 'Recovered' : undefined)}
    />
  );
}
