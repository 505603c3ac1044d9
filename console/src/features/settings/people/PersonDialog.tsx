import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { CheckField, SelectField, TextField } from '@/components/fields';
import { ApiProblem, fieldError, type Person, type Role, sentenceOf } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { roleChoices, roleMeanings } from '../words';
import { useEditPerson, useNewLink } from './queries';

interface Props {
  person: Person | null;
  onClose: () => void;
  /** A new link was made for them. */
  onLinked: (person: Person) => void;
}

/** Changes what somebody may do, or whether they may come in at all. */
export function PersonDialog({ person, onClose, onLinked }: Props) {
  const [last, setLast] = useState(person);
  if (person && person !== last) setLast(person);
  if (!last) return null;
  return (
    <Dialog opened={person !== null} onClose={onClose} title={last.name}>
      <Form
        key={`${last.id} ${last.version}`}
        person={last}
        onClose={onClose}
        onLinked={onLinked}
      />
    </Dialog>
  );
}

function Form({ person, onClose, onLinked }: Omit<Props, 'person'> & { person: Person }) {
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState(person.role);
  const [open, setOpen] = useState(person.disabled_at === null);
  const editing = useEditPerson();
  const linking = useNewLink();
  const error = editing.error ?? linking.error;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function save(event: FormEvent) {
    event.preventDefault();
    editing.mutate(
      {
        id: person.id,
        version: person.version,
        ...(name.trim() !== person.name && { name: name.trim() }),
        ...(role !== person.role && { role }),
        ...(open !== (person.disabled_at === null) && { disabled: !open }),
      },
      {
        onSuccess: () => {
          toast(`${name.trim()} changed`);
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <p className={styles.quiet}>{person.email}</p>
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        data-autofocus
      />
      <SelectField
        label="Role"
        choices={roleChoices}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        hint={roleMeanings[role]}
        error={fieldError(error, 'role') ?? fieldError(error, 'roles')}
      />
      <CheckField
        label="May come in"
        hint="Off ends their sessions at once; their name stays in the record."
        checked={open}
        onChange={(event) => setOpen(event.currentTarget.checked)}
      />
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        <Button tone="primary" type="submit" keys="Enter" busy={editing.isPending}>
          Save
        </Button>
        <Button onClick={onClose}>Leave it</Button>
        {!person.disabled_at && (
          <span className={styles.apart}>
            <Button
              busy={linking.isPending}
              onClick={() => linking.mutate(person.id, { onSuccess: onLinked })}
            >
              {person.joined_at ? 'New password link' : 'New invitation link'}
            </Button>
          </span>
        )}
      </DialogActions>
    </form>
  );
}
