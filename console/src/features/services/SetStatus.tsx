import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/fields';
import { fieldError, type ServiceDetail, type Status, sentenceOf } from '@/lib/api';
import { toast } from '@/lib/toasts';
import { stateWords, statusOrder } from '@/lib/words';
import { useRelease, useSetStatus } from './queries';
import styles from './Service.module.css';

const choices = [...statusOrder]
  .reverse()
  .map((status) => ({ value: status, label: stateWords[status] }));

interface Props {
  service: ServiceDetail;
  opened: boolean;
  onClose: () => void;
}

/** A person says how a service is; it holds until the feed says something new, or until released. */
export function SetStatus({ service, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Set ${service.name} by hand`}>
      <Form service={service} onClose={onClose} />
    </Dialog>
  );
}

function Form({ service, onClose }: Omit<Props, 'opened'>) {
  const [status, setStatus] = useState<Status>(service.status);
  const [reason, setReason] = useState('');
  const [detail, setDetail] = useState('');
  const set = useSetStatus(service.id);
  const release = useRelease(service.id);
  const missing = reason.trim() === '' ? 'Say why first: the record needs a reason.' : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (missing) return;
    const body = { new_status: status, reason: reason.trim(), detail: detail.trim() || undefined };
    set.mutate(body, {
      onSuccess: () => {
        onClose();
        toast(`${service.name} set to ${stateWords[status].toLowerCase()}`, {
          undo: () => release.mutateAsync().then(() => undefined),
        });
      },
    });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <SelectField
        label="Status"
        choices={choices}
        value={status}
        onChange={(event) => setStatus(event.currentTarget.value as Status)}
        error={fieldError(set.error, 'new_status')}
        data-autofocus
      />
      <TextField
        label="Reason"
        note="for the record"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={fieldError(set.error, 'reason')}
        required
      />
      <TextAreaField
        label="What people should know"
        note="optional, shown on the board"
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
        error={fieldError(set.error, 'detail')}
      />
      <p className={styles.quiet}>
        It holds until the feed reports something else than now, or until you release it.
      </p>
      {set.error && (
        <p role="alert" className={styles.failing}>
          {sentenceOf(set.error)}
        </p>
      )}
      <DialogActions>
        <Button type="submit" tone="primary" keys="Enter" refused={missing} busy={set.isPending}>
          Set to {stateWords[status].toLowerCase()}
        </Button>
        <Button onClick={onClose}>Keep as it is</Button>
      </DialogActions>
    </form>
  );
}
