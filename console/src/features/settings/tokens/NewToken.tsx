import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextField } from '@/components/fields';
import { ApiProblem, fieldError, type Role, sentenceOf, type TokenMade } from '@/lib/api';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { roleChoices, roleMeanings } from '../words';
import { useMakeToken } from './queries';

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (token: TokenMade) => void;
}

const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'For ever' },
];

/** Makes a token for a program. */
export function NewToken({ opened, onClose, onMade }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="New API token">
      <Form onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

function endOf(days: string, now: number): { expires_at?: string } {
  return days ? { expires_at: new Date(now + Number(days) * 86_400_000).toISOString() } : {};
}

function Form({ onClose, onMade }: Omit<Props, 'opened'>) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState('90');
  const making = useMakeToken();
  const { error } = making;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function make(event: FormEvent) {
    event.preventDefault();
    making.mutate({ name: name.trim(), role, ...endOf(days, Date.now()) }, { onSuccess: onMade });
  }

  return (
    <form onSubmit={make} className={styles.form} noValidate>
      <TextField
        label="Name"
        placeholder="What it is for"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        autoComplete="off"
        data-autofocus
      />
      <SelectField
        label="Role"
        choices={roleChoices}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        hint={roleMeanings[role]}
        error={fieldError(error, 'role')}
      />
      <SelectField
        label="Good for"
        choices={lives}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        error={fieldError(error, 'expires_at')}
      />
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        <Button tone="primary" type="submit" keys="Enter" busy={making.isPending}>
          Make token
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}
