import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/fields';
import { fieldError, type IncidentDetail, type Level, type Severity, sentenceOf } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { severities, severityWords } from '../filters';
import { ServicesField } from '../opening/NewIncident';
import { useEditIncident } from '../writes';
import { Conflict, isLostRace } from './Conflict';
import { type Edited, editedFields, whatIsEdited } from './editing';
import styles from './verbs.module.css';

interface Props {
  /** As it was when the dialog opened; a newer version is a lost race. */
  incident: IncidentDetail;
  opened: boolean;
  onClose: () => void;
}

const levels: readonly Level[] = ['high', 'medium', 'low'];
const levelChoices = levels.map((value) => ({ value, label: severityWords[value] }));
const severityChoices = severities.map((value) => ({ value, label: severityWords[value] }));

/** Changes what is known about an incident; only what was touched is sent. */
export function EditDialog({ incident, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Edit ${incident.id}`} width={600}>
      <Form incident={incident} onClose={onClose} />
    </Dialog>
  );
}

function Form({ incident, onClose }: Omit<Props, 'opened'>) {
  const [fields, setFields] = useState<Edited>(() => editedFields(incident));
  const editing = useEditIncident(incident.id);
  const { error } = editing;
  const put = (different: Partial<Edited>) => setFields((before) => ({ ...before, ...different }));
  const wrong = (field: keyof Edited) => fieldError(error, field);

  function save(version: number) {
    const body = whatIsEdited(incident, fields);
    if (editing.isPending) return;
    if (Object.keys(body).length === 0) return onClose();
    editing.mutate(
      { body, version },
      {
        onSuccess: ({ id }) => {
          toast(`${id} changed`);
          onClose();
        },
      },
    );
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    save(incident.version);
  }

  useKeys([{ keys: 'mod+Enter', label: 'Save', group: 'Do', run: () => submit() }]);

  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <TextField
        label="Title"
        note="stays inside"
        value={fields.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
        error={wrong('title')}
        data-autofocus
      />
      {incident.public_title !== null && (
        <TextField
          label="Public title"
          note="this is how strangers know it"
          value={fields.public_title}
          onChange={(event) => put({ public_title: event.currentTarget.value })}
          error={wrong('public_title')}
        />
      )}
      <div className={styles.three}>
        <SelectField
          label="Severity"
          choices={severityChoices}
          value={fields.severity}
          onChange={(event) => put({ severity: event.currentTarget.value as Severity })}
          error={wrong('severity')}
        />
        <SelectField
          label="Impact"
          choices={levelChoices}
          value={fields.impact}
          onChange={(event) => put({ impact: event.currentTarget.value as Level })}
          error={wrong('impact')}
        />
        <SelectField
          label="Urgency"
          choices={levelChoices}
          value={fields.urgency}
          onChange={(event) => put({ urgency: event.currentTarget.value as Level })}
          error={wrong('urgency')}
        />
      </div>
      <ServicesField
        chosen={fields.affected_services}
        onChange={(affected_services) => put({ affected_services })}
        error={wrong('affected_services')}
      />
      <TextAreaField
        label="Description"
        note="stays inside"
        rows={2}
        value={fields.description}
        onChange={(event) => put({ description: event.currentTarget.value })}
        error={wrong('description')}
      />
      <TextField
        label="Tags"
        hint="Separate them with commas."
        value={fields.tags}
        onChange={(event) => put({ tags: event.currentTarget.value })}
        error={wrong('tags')}
      />
      {isLostRace(error) ? (
        <Conflict before={incident} again="Save mine anyway" onAgain={save} />
      ) : (
        error && (
          <p className={styles.problem} role="alert">
            {sentenceOf(error)}
          </p>
        )
      )}
      <DialogActions>
        <Button tone="primary" type="submit" keys="mod+Enter" busy={editing.isPending}>
          Save
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}
