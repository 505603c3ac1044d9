import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextField } from '@/components/fields';
import { ApiProblem, fieldError, type Person, type Role, sentenceOf } from '@/lib/api';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { roleChoices, roleMeanings } from '../words';
import { useInvite } from './queries';

interface Props {
  opened: boolean;
  onClose: () => void;
  onInvited: (person: Person) => void;
}

/** Invites somebody; the link is shown once and sent by whoever invites. */
export function Invite({ opened, onClose, onInvited }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Invite somebody">
      <Form onClose={onClose} onInvited={onInvited} />
    </Dialog>
  );
}

function Form({ onClose, onInvited }: Omit<Props, 'opened'>) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('responder');
  const inviting = useInvite();
  const { error } = inviting;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function invite(event: FormEvent) {
    event.preventDefault();
    const named = name.trim() ? { name: name.trim() } : {};
    inviting.mutate({ email: email.trim(), role, ...named }, { onSuccess: onInvited });
  }

  return (
    <form onSubmit={invite} className={styles.form} noValidate>
      <TextField
        label="E-mail"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldError(error, 'email')}
        autoComplete="off"
        data-autofocus
      />
      <TextField
        label="Name"
        note="optional"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        autoComplete="off"
      />
      <SelectField
        label="Role"
        choices={roleChoices}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        hint={roleMeanings[role]}
        error={fieldError(error, 'role')}
      />
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        <Button tone="primary" type="submit" keys="Enter" busy={inviting.isPending}>
          Make the link
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}
