import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import { StatusMark } from '@/components/StatusMark';
import {
  fieldError,
  type IncidentDetail,
  type Severity,
  sentenceOf,
  servicesQuery,
} from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { stateOf } from '@/lib/state';
import { severities, severityWords } from '../filters';
import { useAssignees } from '../verbs/AssignDialog';
import { useOpenIncident } from '../writes';
import styles from './opening.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  onOpened: (incident: IncidentDetail) => void;
  /** What the palette was asked for, as a first title. */
  title?: string;
}

/** Opens an incident: what is wrong, how badly, where. */
export function NewIncident({ opened, onClose, ...rest }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="New incident" width={560}>
      <Form onClose={onClose} {...rest} />
    </Dialog>
  );
}

function Form({ onClose, onOpened, title: first = '' }: Omit<Props, 'opened'>) {
  const [title, setTitle] = useState(first);
  const [severity, setSeverity] = useState<Severity>('medium');
  const [services, setServices] = useState<string[]>([]);
  const [assignee, setAssignee] = useState('');
  const [description, setDescription] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const opening = useOpenIncident();
  const { error } = opening;

  function open(event?: FormEvent) {
    event?.preventDefault();
    if (opening.isPending) return;
    const body = {
      title: title.trim(),
      severity,
      affected_services: services,
      ...(assignee && { assigned_to: assignee }),
      ...(description.trim() && { description: description.trim() }),
    };
    opening.mutate({ body, key }, { onSuccess: onOpened });
  }

  useKeys([{ keys: 'mod+Enter', label: 'Open the incident', group: 'Do', run: () => open() }]);

  return (
    <form onSubmit={open} className={styles.form} noValidate>
      <TextField
        label="Title"
        placeholder="What does not work, for whom"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={fieldError(error, 'title')}
        required
        data-autofocus
      />
      <div className={styles.pair}>
        <SelectField
          label="Severity"
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value as Severity)}
          choices={severities.map((value) => ({ value, label: severityWords[value] }))}
          error={fieldError(error, 'severity')}
        />
        <OwnerField
          value={assignee}
          onChange={setAssignee}
          error={fieldError(error, 'assigned_to')}
        />
      </div>
      <ServicesField
        chosen={services}
        onChange={setServices}
        error={fieldError(error, 'affected_services')}
      />
      <TextAreaField
        rows={2}
        label="Description"
        note="stays inside"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={fieldError(error, 'description')}
      />
      {error && (
        <p className={styles.problem} role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <DialogActions>
        <Button tone="primary" type="submit" keys="mod+Enter" busy={opening.isPending}>
          Open incident
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}

interface OwnerProps {
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

function OwnerField({ value, onChange, error }: OwnerProps) {
  const assignees = useAssignees();
  return (
    <SelectField
      label="Owner"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      choices={[
        { value: '', label: 'Nobody yet' },
        ...assignees.map(({ value: id, label }) => ({ value: id, label })),
      ]}
      error={error}
    />
  );
}

interface ServicesProps {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error?: string;
}

/** The services that are hit; those in trouble come first, as the server sorts them. */
export function ServicesField({ chosen, onChange, error }: ServicesProps) {
  const { data } = useQuery(servicesQuery);
  const options = useMemo(
    () =>
      (data?.items ?? []).map((service) => ({
        value: service.id,
        label: service.name,
        mark: <StatusMark state={stateOf(service)} />,
      })),
    [data],
  );
  return (
    <PickMany
      label="Affected services"
      placeholder="Find a service"
      options={options}
      chosen={chosen}
      onChange={onChange}
      error={error}
    />
  );
}
