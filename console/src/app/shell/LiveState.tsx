import { LiveDot } from '@/components/LiveDot';
import { useLive } from '@/lib/live';
import { useNow } from '@/lib/time';

/** The live dot of the shell: ticks each second. */
export function LiveState() {
  const { state, answeredAt } = useLive();
  return <LiveDot live={state === 'live'} at={answeredAt} now={useNow('second')} />;
}
