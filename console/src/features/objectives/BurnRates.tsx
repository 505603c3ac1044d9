import { Card, Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import type { BurnWindows, SloDetail } from '@/lib/api';
import styles from './objectives.module.css';
import { burnState, limitWords, rateWords, windowWords } from './words';

/** Both windows of each pair against its limit; the reason stands where it is not plainly calm. */
export function BurnRates({ slo }: { slo: SloDetail }) {
  const since = slo.breaches.map((each) => each.since).sort()[0];
  return (
    <Card>
      <Panel title="Burn rate" note="long and short window">
        <table className={styles.rates}>
          <thead>
            <tr>
              <th scope="col">Windows</th>
              <th scope="col">Limit</th>
              <th scope="col">Now</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {slo.burn.map((burn) => (
              <Row key={burn.pair} burn={burn} />
            ))}
          </tbody>
        </table>
        {slo.burn.some(({ state }) => state === 'insufficient_data') && (
          <p className={styles.quiet}>
            No data: less than half of the long window is known, so nothing is said of it.
          </p>
        )}
        {since && (
          <p className={styles.quiet}>
            Burning since <RelativeTime at={since} as="moment" />.
          </p>
        )}
        {!slo.alerting && (
          <p className={styles.quiet}>
            Nobody is told: <code>SLO_BURN_RATE_ENABLED</code> is off.
          </p>
        )}
      </Panel>
    </Card>
  );
}

function Row({ burn }: { burn: BurnWindows }) {
  const [long, short] = windowWords(burn);
  const shown = burnState(burn);
  const note = noteOf(burn);
  const blind = burn.state === 'insufficient_data';
  return (
    <>
      <tr title={burn.reason}>
        <th scope="row">
          <strong>{long}</strong> and {short}
        </th>
        <td>{limitWords(burn.threshold)}</td>
        <td>
          <strong>{rateWords(blind ? null : burn.burn_long)}</strong>
          {!blind && <span>{rateWords(burn.burn_short)}</span>}
        </td>
        <td>
          <StatusChip state={shown.state} word={shown.word} />
        </td>
      </tr>
      {note && (
        <tr className={styles.note}>
          <td colSpan={4}>{note}</td>
        </tr>
      )}
    </>
  );
}

/** Why a row is not what it looks like. */
function noteOf(burn: BurnWindows): string | null {
  if (burn.state === 'too_short') return burn.reason;
  if (!burn.scaled) return null;
  return `${limitWords(burn.configured_threshold)} cannot be reached with this target; nine tenths of what can is the limit.`;
}
