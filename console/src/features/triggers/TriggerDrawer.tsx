import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogActions, Drawer } from '@/components/Dialog';
import { CheckField, SelectField, TextField } from '@/components/fields';
import { ApiProblem, fieldError, sentenceOf, servicesQuery, type Trigger } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { ConditionField } from './ConditionField';
import { type Fields, fieldsOf, inputOf, minutesOf } from './fields';
import { Preview } from './Preview';
import { checkQuery, type Tried, useArchiveTrigger, useSaveTrigger } from './queries';
import styles from './triggers.module.css';
import { severities, severityWords } from './words';

interface Props {
  opened: boolean;
  /** Null for a new one. */
  trigger: Trigger | null;
  isNew: boolean;
  onClose: () => void;
}

/** Makes or changes a trigger, with what it would have done beside it. */
export function TriggerDrawer({ opened, trigger, isNew, onClose }: Props) {
  if (opened && !trigger && !isNew) return null;
  return (
    <Drawer opened={opened} onClose={onClose} title={trigger?.name ?? 'New trigger'} width={680}>
      <Form trigger={trigger} onClose={onClose} />
    </Drawer>
  );
}

const pace = 400;

function Form({ trigger, onClose }: Pick<Props, 'trigger' | 'onClose'>) {
  const [fields, setFields] = useState(() => fieldsOf(trigger));
  const put = (different: Partial<Fields>) => setFields((before) => ({ ...before, ...different }));
  const saving = useSaveTrigger(trigger);
  const archiving = useArchiveTrigger();
  const error = saving.error ?? archiving.error;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;
  const [asked] = useDebouncedValue(fields, pace);
  const reading = useQuery(checkQuery(asked.condition, asked.service || null)).data;

  function done(words: string) {
    toast(words);
    onClose();
  }

  function save(event: FormEvent) {
    event.preventDefault();
    if (saving.isPending) return;
    saving.mutate(inputOf(fields), {
      onSuccess: ({ name }) => done(`${name} ${trigger ? 'changed' : 'added'}`),
    });
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <TextField
        label="Name"
        value={fields.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
        error={fieldError(error, 'name')}
        autoComplete="off"
        data-autofocus
      />
      <ConditionField
        value={fields.condition}
        onChange={(condition) => put({ condition })}
        reading={asked.condition === fields.condition ? reading : undefined}
        error={fieldError(error, 'condition')}
      />
      <Settings fields={fields} onChange={put} error={error} />
      <Past asked={asked} valid={reading?.valid ?? false} />
      {error && !known && (
        <p className={styles.problem} role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <DialogActions>
        <Button tone="primary" type="submit" busy={saving.isPending}>
          {trigger ? 'Save' : 'Add trigger'}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
        {trigger && (
          <span className={styles.apart}>
            <Button
              busy={archiving.isPending}
              onClick={() =>
                archiving.mutate(trigger.id, {
                  onSuccess: () => done(`${trigger.name} archived`),
                })
              }
            >
              Archive
            </Button>
          </span>
        )}
      </DialogActions>
    </form>
  );
}

interface SettingsProps {
  fields: Fields;
  onChange: (different: Partial<Fields>) => void;
  error: Error | null;
}

function Settings({ fields, onChange, error }: SettingsProps) {
  const services = useQuery(servicesQuery).data?.items ?? [];
  const choices = services.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <div className={styles.trio}>
        <SelectField
          label="Service"
          value={fields.service}
          onChange={(event) => onChange({ service: event.currentTarget.value })}
          choices={[{ value: '', label: 'Every service' }, ...choices]}
          error={fieldError(error, 'service_id')}
        />
        <TextField
          label="Must hold for"
          note="minutes"
          inputMode="numeric"
          value={fields.minutes}
          onChange={(event) => onChange({ minutes: event.currentTarget.value })}
          error={
            minutesOf(fields.minutes) === null
              ? 'Write whole minutes, 0 to 1440.'
              : fieldError(error, 'duration_minutes')
          }
          autoComplete="off"
        />
        <SelectField
          label="Severity"
          value={fields.severity}
          onChange={(event) =>
            onChange({ severity: event.currentTarget.value as Fields['severity'] })
          }
          choices={severities.map((value) => ({ value, label: severityWords[value] }))}
        />
      </div>
      <CheckField
        label="Open an incident"
        hint="Otherwise it makes an alert only."
        checked={fields.creates}
        onChange={(event) => onChange({ creates: event.currentTarget.checked })}
      />
      <CheckField
        label="Enabled"
        checked={fields.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
    </>
  );
}

/** The past of one service: the trigger's own, or one to choose where it watches all. */
function Past({ asked, valid }: { asked: Fields; valid: boolean }) {
  const services = useQuery(servicesQuery).data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const service = asked.service || chosen;
  const minutes = minutesOf(asked.minutes);
  const tried: Tried | null =
    valid && service && minutes !== null && minutes <= 1440
      ? { service, condition: asked.condition, minutes }
      : null;
  return (
    <section className={styles.past} aria-label="The last 7 days">
      <h2>When would it have fired?</h2>
      {!asked.service && (
        <SelectField
          label="Try it on"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          choices={[
            { value: '', label: 'Choose a service' },
            ...services.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {!valid && <p>The last 7 days show here as soon as the condition can be read.</p>}
      <Preview tried={tried} />
    </section>
  );
}
