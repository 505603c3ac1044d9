import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { TextField } from '@/components/fields';
import { ApiProblem, fieldError, type StatusPage, sentenceOf } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { slugOf } from '@/lib/slug';
import { readerZone } from '@/lib/time';
import { toast } from '@/lib/toasts';
import { type PageFields, useCreatePage, useEditPage } from './queries';
import styles from './statuspages.module.css';

interface NewProps {
  opened: boolean;
  onClose: () => void;
  onMade: (page: StatusPage) => void;
}

const blank: PageFields = { name: '', time_zone: readerZone, language: 'en', help_url: null };

/** Makes a status page; it is empty at first. */
export function NewPage({ opened, onClose, onMade }: NewProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="New status page">
      <NewForm onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

function NewForm({ onClose, onMade }: Omit<NewProps, 'opened'>) {
  const [fields, setFields] = useState(blank);
  const [slug, setSlug] = useState<string | null>(null);
  const creating = useCreatePage();
  const address = slug ?? slugOf(fields.name);
  return (
    <Form
      fields={fields}
      onChange={setFields}
      error={creating.error}
      busy={creating.isPending}
      button="Make page"
      onSubmit={() =>
        creating.mutate(
          { ...fields, slug: address },
          {
            onSuccess: (page) => {
              toast(`Page ${page.name} made`);
              onMade(page);
            },
          },
        )
      }
      onClose={onClose}
    >
      <TextField
        label="Address"
        note={`/status/${address || '…'}`}
        hint="Small letters, digits and hyphens. It stays as it is."
        value={address}
        onChange={(event) => setSlug(event.currentTarget.value)}
        error={fieldError(creating.error, 'slug') ?? taken(creating.error)}
      />
    </Form>
  );
}

const taken = (error: unknown) =>
  error instanceof ApiProblem && error.code === 'slug_taken' ? sentenceOf(error) : undefined;

interface EditProps {
  page: StatusPage;
  opened: boolean;
  onClose: () => void;
}

/** Changes how a page is called and speaks. */
export function EditPage({ page, opened, onClose }: EditProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Edit ${page.name}`}>
      <EditForm page={page} onClose={onClose} />
    </Dialog>
  );
}

function EditForm({ page, onClose }: Omit<EditProps, 'opened'>) {
  const [first] = useState(page);
  const [fields, setFields] = useState<PageFields>(() => ({
    name: page.name,
    time_zone: page.time_zone,
    language: page.language,
    help_url: page.help_url,
  }));
  const editing = useEditPage(first);
  return (
    <Form
      fields={fields}
      onChange={setFields}
      error={editing.error}
      busy={editing.isPending}
      button="Save"
      onSubmit={() =>
        editing.mutate(fields, {
          onSuccess: () => {
            toast(`Page ${fields.name} changed`);
            onClose();
          },
        })
      }
      onClose={onClose}
    />
  );
}

interface FormProps {
  fields: PageFields;
  onChange: (fields: PageFields) => void;
  error: unknown;
  busy: boolean;
  button: string;
  onSubmit: () => void;
  onClose: () => void;
  children?: React.ReactNode;
}

function Form({ fields, onChange, error, busy, button, onSubmit, onClose, children }: FormProps) {
  const put = (different: Partial<PageFields>) => onChange({ ...fields, ...different });
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!busy) onSubmit();
  }

  useKeys([{ keys: 'mod+Enter', label: button, group: 'Do', run: () => submit() }]);

  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <TextField
        label="Name"
        note="strangers read it"
        value={fields.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
        error={fieldError(error, 'name')}
        data-autofocus
      />
      {children}
      <div className={styles.pair}>
        <TextField
          label="Time zone"
          hint="Cuts the days of the bars."
          value={fields.time_zone}
          onChange={(event) => put({ time_zone: event.currentTarget.value })}
          error={fieldError(error, 'time_zone')}
        />
        <TextField
          label="Language"
          hint="Such as en, de, nl-BE."
          value={fields.language}
          onChange={(event) => put({ language: event.currentTarget.value })}
          error={fieldError(error, 'language')}
        />
      </div>
      <TextField
        label="Help"
        note="optional"
        hint="Where readers get help: the address of your support."
        inputMode="url"
        placeholder="https://"
        value={fields.help_url ?? ''}
        onChange={(event) => put({ help_url: event.currentTarget.value.trim() || null })}
        error={fieldError(error, 'help_url')}
      />
      {error instanceof Error && !known && error.message && (
        <p className={styles.problem} role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <DialogActions>
        <Button tone="primary" type="submit" keys="mod+Enter" busy={busy}>
          {button}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}
