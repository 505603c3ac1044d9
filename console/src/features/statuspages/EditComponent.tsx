import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextField } from '@/components/fields';
import { fieldError, type PageComponent, type StatusPage, sentenceOf } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { followsChoices } from './AddServices';
import { GroupField } from './GroupField';
import { useEditComponent, useRemoveComponent } from './queries';
import styles from './statuspages.module.css';

interface Props {
  page: StatusPage;
  component: PageComponent | null;
  /** What the service is called inside. */
  service: string;
  onClose: () => void;
}

/** Changes how a service stands on a page, or takes it off. */
export function EditComponent({ page, component, service, onClose }: Props) {
  const [last, setLast] = useState(component);
  if (component && component !== last) setLast(component);
  if (!last) return null;
  return (
    <Dialog
      opened={component !== null}
      onClose={onClose}
      title={`${last.name ?? service} on ${page.name}`}
    >
      <Form key={last.id} page={page} component={last} service={service} onClose={onClose} />
    </Dialog>
  );
}

function Form({
  page,
  component,
  service,
  onClose,
}: Omit<Props, 'component'> & { component: PageComponent }) {
  const [name, setName] = useState(component.name ?? '');
  const [group, setGroup] = useState(component.group ?? '');
  const [follows, setFollows] = useState(component.follows);
  const [removing, setRemoving] = useState(false);
  const editing = useEditComponent(page.slug);
  const { error } = editing;

  function save(event?: FormEvent) {
    event?.preventDefault();
    if (editing.isPending) return;
    editing.mutate(
      { id: component.id, name: name.trim() || null, group: group.trim() || null, follows },
      {
        onSuccess: () => {
          toast(`${name.trim() || service} changed`);
          onClose();
        },
      },
    );
  }

  useKeys([{ keys: 'mod+Enter', label: 'Save', group: 'Do', run: () => save() }]);

  if (removing) {
    return (
      <Removing
        page={page}
        component={component}
        name={component.name ?? service}
        onKeep={() => setRemoving(false)}
        onGone={onClose}
      />
    );
  }
  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <TextField
        label="Public name"
        hint={`Left empty, it is called ${service}.`}
        placeholder={service}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        data-autofocus
      />
      <GroupField
        components={page.components}
        value={group}
        onChange={setGroup}
        error={fieldError(error, 'group')}
      />
      <SelectField
        label="Shows"
        value={follows}
        choices={followsChoices}
        onChange={(event) => setFollows(event.currentTarget.value as PageComponent['follows'])}
      />
      {error && (
        <p className={styles.problem} role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <DialogActions>
        <Button tone="primary" type="submit" keys="mod+Enter" busy={editing.isPending}>
          Save
        </Button>
        <Button onClick={onClose}>Leave it</Button>
        <span className={styles.apart}>
          <Button tone="danger" onClick={() => setRemoving(true)}>
            Take it off
          </Button>
        </span>
      </DialogActions>
    </form>
  );
}

interface RemovingProps {
  page: StatusPage;
  component: PageComponent;
  name: string;
  onKeep: () => void;
  onGone: () => void;
}

function Removing({ page, component, name, onKeep, onGone }: RemovingProps) {
  const removing = useRemoveComponent(page.slug);
  return (
    <>
      <p>{name} and its 90 days leave the page. Adding it again starts with a new history there.</p>
      {removing.error && (
        <p className={styles.problem} role="alert">
          {sentenceOf(removing.error)}
        </p>
      )}
      <DialogActions>
        <Button
          tone="danger"
          busy={removing.isPending}
          onClick={() =>
            removing.mutate(component.id, {
              onSuccess: () => {
                toast(`${name} taken off ${page.name}`);
                onGone();
              },
            })
          }
        >
          Take {name} off
        </Button>
        <Button onClick={onKeep} data-autofocus>
          Keep it
        </Button>
      </DialogActions>
    </>
  );
}
