import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogActions } from '@/components/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/fields';
import {
  ApiProblem,
  type Category,
  fieldError,
  type Service,
  sentenceOf,
  type Visibility,
} from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { slugOf } from '@/lib/slug';
import { toast } from '@/lib/toasts';
import { categoryWords } from '@/lib/words';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { Dependencies, TeamField } from './choosing';
import { useAddService, useEditService } from './queries';
import { SourceField } from './SourceField';
import { fieldsOf, inputOf, type ServiceFields } from './values';

interface Props {
  service: Service | null;
  mayWrite: boolean;
  onClose: () => void;
  onArchive: () => void;
}

const categoryChoices = Object.entries(categoryWords).map(([value, label]) => ({ value, label }));
const tierChoices = [
  { value: '1', label: '1, the house stands still without it' },
  { value: '2', label: '2, work is slower without it' },
  { value: '3', label: '3, it can wait' },
];
const visibilityChoices = [
  { value: 'public', label: 'Public: strangers see it on the board' },
  { value: 'internal', label: 'Internal: only people who are logged in' },
];

/** The fields of a service, and where its status comes from. */
export function ServiceForm({ service, mayWrite, onClose, onArchive }: Props) {
  const [fields, setFields] = useState(() => fieldsOf(service));
  const adding = useAddService();
  const editing = useEditService(service?.id ?? '', service?.version ?? 0);
  const { error, isPending } = service ? editing : adding;
  const put = (different: Partial<ServiceFields>) =>
    setFields((before) => ({ ...before, ...different }));
  const wrong = (field: string) => fieldError(error, field);
  const id = fields.id ?? slugOf(fields.name);
  const fromFile = service?.managed_by === 'file';
  const refused = fromFile
    ? 'It comes from the registry file; change it there.'
    : mayWrite
      ? null
      : refusal;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function save(event?: FormEvent) {
    event?.preventDefault();
    if (isPending || refused) return;
    const done = (words: string) => () => {
      toast(words);
      onClose();
    };
    const input = inputOf(fields);
    if (service) editing.mutate(input, { onSuccess: done(`${input.name} changed`) });
    else adding.mutate({ id, ...input }, { onSuccess: done(`${input.name} added`) });
  }

  useKeys([{ keys: 'mod+Enter', label: 'Save', group: 'Do', run: () => save() }]);

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      {fromFile && (
        <p className={styles.notice}>
          This service comes from the registry file and can only be changed there.
        </p>
      )}
      <div className={styles.pair}>
        <TextField
          label="Name"
          value={fields.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
          error={wrong('name')}
          disabled={fromFile}
          data-autofocus
        />
        <TextField
          label="Id"
          note={service ? 'stays as it is' : 'from the name'}
          value={id}
          onChange={(event) => put({ id: event.currentTarget.value })}
          error={wrong('id')}
          disabled={service !== null}
        />
      </div>
      <fieldset className={styles.set} disabled={fromFile}>
        <div className={styles.form}>
          <SourceField
            fields={fields.source}
            onChange={(source) => put({ source })}
            onFound={(name) => !fields.name && put({ name })}
            error={error}
            mayTry={mayWrite}
          />
          <div className={styles.pair}>
            <SelectField
              label="Category"
              choices={categoryChoices}
              value={fields.category}
              onChange={(event) => put({ category: event.currentTarget.value as Category })}
              error={wrong('category')}
            />
            <SelectField
              label="Tier"
              choices={tierChoices}
              value={String(fields.tier)}
              onChange={(event) => put({ tier: Number(event.currentTarget.value) as 1 | 2 | 3 })}
              error={wrong('tier')}
            />
          </div>
          <div className={styles.pair}>
            <SelectField
              label="Who sees it"
              choices={visibilityChoices}
              value={fields.visibility}
              onChange={(event) => put({ visibility: event.currentTarget.value as Visibility })}
              error={wrong('visibility')}
            />
            <TeamField
              value={fields.owner_team}
              onChange={(owner_team) => put({ owner_team })}
              error={wrong('owner_team')}
            />
          </div>
          <Dependencies
            own={id}
            chosen={fields.dependencies}
            onChange={(dependencies) => put({ dependencies })}
            error={wrong('dependencies')}
          />
          <TextAreaField
            label="Description"
            note="stays inside"
            rows={2}
            value={fields.description}
            onChange={(event) => put({ description: event.currentTarget.value })}
            error={wrong('description')}
          />
        </div>
      </fieldset>
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        <Button tone="primary" type="submit" keys="mod+Enter" busy={isPending} refused={refused}>
          {service ? 'Save' : 'Add service'}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
        {service && !refused && (
          <span className={styles.apart}>
            <Button tone="danger" onClick={onArchive}>
              Archive
            </Button>
          </span>
        )}
      </DialogActions>
    </form>
  );
}
