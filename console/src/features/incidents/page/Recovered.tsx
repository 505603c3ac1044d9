import { Button } from '@/components/Button';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import type { IncidentDetail } from '@/lib/api';
import { listed } from '@/lib/words';
import type { VerbButton } from '../verbs/useVerbs';
import styles from './page.module.css';

interface Props {
  incident: IncidentDetail;
  resolve: VerbButton | undefined;
}

/** It works again, and here are the words to end it with; a person decides. */
export function Recovered({ incident, resolve }: Props) {
  const { prepared_resolution, recovery_observed_at, affected_services, phase } = incident;
  if (!prepared_resolution || !recovery_observed_at) return null;
  const names = listed(affected_services.map(({ name }) => name)) || 'The service';
  const told = phase !== 'none' && phase !== 'resolved';
  return (
    <section className={styles.recovered} aria-label="Recovery">
      <StatusMark state="operational" size={18} />
      <div>
        <strong>
          {names} recovered at <RelativeTime at={recovery_observed_at} as="clock" />.
        </strong>
        <p>
          {told
            ? `Ready to send: “${prepared_resolution.public_message}”`
            : prepared_resolution.resolution_note}
        </p>
      </div>
      {resolve && (
        <Button tone="primary" keys={resolve.keys} refused={resolve.refused} onClick={resolve.run}>
          Resolve
        </Button>
      )}
    </section>
  );
}
