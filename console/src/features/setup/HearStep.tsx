import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { TextField } from '@/components/fields';
import { Segmented } from '@/components/Segmented';
import { StatusChip } from '@/components/StatusChip';
import { fieldError, sentenceOf } from '@/lib/api';
import { channelsQuery, type NewChannel, useAddChannel } from './queries';
import { StepHead } from './Steps';
import styles from './setup.module.css';

const kinds = [
  { value: 'mail', label: 'Mail' },
  { value: 'slack', label: 'Slack' },
] as const;

const asks = {
  mail: { field: 'address', label: 'Mail address', placeholder: 'operations@company.example' },
  slack: { field: 'url', label: 'Webhook address', placeholder: 'https://hooks.slack.com/…' },
} as const;

/** Step 3: where alerts and updates go; each channel gets a first message at once. */
export function HearStep({ onDone }: { onDone: () => void }) {
  const { data } = useQuery(channelsQuery);
  const channels = data?.items ?? [];
  return (
    <div className={styles.form}>
      <StepHead at={3} title="Who hears about it">
        Alerts and updates of every tier go there. Narrow it down later in the settings.
      </StepHead>
      {channels.length > 0 && (
        <ul className={styles.added} aria-label="Channels">
          {channels.map(({ id, name, from_environment }) => (
            <li key={id}>
              <StatusChip
                state="operational"
                word={`${name}: ${from_environment ? 'set by the environment' : 'first message on its way'}`}
              />
            </li>
          ))}
        </ul>
      )}
      <AddChannel key={channels.length} first={channels.length === 0} />
      <Button tone={channels.length ? 'primary' : 'secondary'} size="large" wide onClick={onDone}>
        {channels.length ? 'Go on' : 'Go on without'}
      </Button>
    </div>
  );
}

function AddChannel({ first }: { first: boolean }) {
  const [kind, setKind] = useState<NewChannel['kind']>('mail');
  const [target, setTarget] = useState('');
  const add = useAddChannel();
  const { field, label, placeholder } = asks[kind];

  function submit(event: FormEvent) {
    event.preventDefault();
    const name = kind === 'mail' ? target.trim() : 'Slack';
    add.mutate({ kind, name, [field]: target.trim() });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <Segmented
        label="Kind"
        value={kind}
        onChange={(value) => {
          setKind(value);
          setTarget('');
          add.reset();
        }}
        choices={kinds}
      />
      <TextField
        label={label}
        size="large"
        type={kind === 'mail' ? 'email' : 'url'}
        placeholder={placeholder}
        required
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
        error={fieldError(add.error, field) ?? (add.error ? sentenceOf(add.error) : undefined)}
      />
      <Button
        type="submit"
        tone={first ? 'primary' : 'secondary'}
        size="large"
        wide
        keys="Enter"
        busy={add.isPending}
      >
        Add and send a first message
      </Button>
    </form>
  );
}
