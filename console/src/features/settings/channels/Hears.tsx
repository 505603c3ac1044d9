import { CheckField } from '@/components/fields';
import { fieldError, type Receives } from '@/lib/api';
import styles from '../settings.module.css';
import { events, receivesWords } from '../words';
import { type ChannelFields, tiers } from './fields';

interface Props {
  fields: ChannelFields;
  onChange: (different: Partial<ChannelFields>) => void;
  error: unknown;
}

const toggled = <T,>(chosen: readonly T[], value: T): T[] =>
  chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];

const meanings: Record<Receives, string> = {
  alerts: 'Confirmed trouble and its end',
  updates: 'What is published on pages',
  poller_health: 'Feeds that cannot be read',
};

/** What a channel wants to hear, and of which tiers. */
export function Hears({ fields, onChange, error }: Props) {
  const { kind, receives, events: asked, tiers: followed } = fields;
  const alerts =
    kind === 'webhook' ? asked.some((e) => e.startsWith('alert.')) : receives.includes('alerts');
  const wrong =
    fieldError(error, 'receives') ?? fieldError(error, 'events') ?? fieldError(error, 'tiers');
  return (
    <>
      <fieldset className={styles.set}>
        <legend className={styles.legend}>Hears</legend>
        <div className={styles.checks}>
          {kind === 'webhook'
            ? events.map(({ value, label }) => (
                <CheckField
                  key={value}
                  label={label}
                  checked={asked.includes(value)}
                  onChange={() => onChange({ events: toggled(asked, value) })}
                />
              ))
            : (Object.keys(receivesWords) as Receives[]).map((value) => (
                <CheckField
                  key={value}
                  label={receivesWords[value]}
                  hint={meanings[value]}
                  checked={receives.includes(value)}
                  onChange={() => onChange({ receives: toggled(receives, value) })}
                />
              ))}
        </div>
      </fieldset>
      {alerts && (
        <fieldset className={styles.set}>
          <legend className={styles.legend}>Alerts about services of</legend>
          <div className={styles.checks}>
            {tiers.map((tier) => (
              <CheckField
                key={tier}
                label={`Tier ${tier}`}
                checked={followed.includes(tier)}
                onChange={() => onChange({ tiers: toggled(followed, tier) })}
              />
            ))}
          </div>
        </fieldset>
      )}
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}
