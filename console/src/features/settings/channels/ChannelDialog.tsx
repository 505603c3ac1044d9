import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { TextField } from '@/components/fields';
import { Segmented } from '@/components/Segmented';
import {
  ApiProblem,
  type Channel,
  type ChannelKind,
  fieldError,
  type NewChannel,
  sentenceOf,
} from '@/lib/api';
import { toast } from '@/lib/toasts';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { kindWords } from '../words';
import { type ChannelFields, channelFields, inputOf } from './fields';
import { Hears } from './Hears';
import { useAddChannel, useEditChannel, useRemoveChannel } from './queries';

interface Props {
  opened: boolean;
  /** Null for a new one. */
  channel: Channel | null;
  /** The kinds a new one may be. */
  kinds: readonly ChannelKind[];
  isNew: boolean;
  onClose: () => void;
  onMade: (channel: NewChannel) => void;
}

/** Adds, shows or changes a channel or webhook. */
export function ChannelDialog({ opened, channel, kinds, isNew, onClose, onMade }: Props) {
  const [removing, setRemoving] = useState(false);
  if (opened && !channel && !isNew) return null;
  const title = channel?.name ?? (kinds.includes('webhook') ? 'New webhook' : 'New channel');
  return (
    <Dialog opened={opened} onClose={onClose} title={title} width={520}>
      {removing && channel ? (
        <Removing channel={channel} onKeep={() => setRemoving(false)} onGone={onClose} />
      ) : (
        <Form
          channel={channel}
          kinds={kinds}
          onClose={onClose}
          onMade={onMade}
          onRemove={() => setRemoving(true)}
        />
      )}
    </Dialog>
  );
}

interface FormProps extends Pick<Props, 'channel' | 'kinds' | 'onClose' | 'onMade'> {
  onRemove: () => void;
}

function Form({ channel, kinds, onClose, onMade, onRemove }: FormProps) {
  const [fields, setFields] = useState(() => channelFields(channel, kinds[0] ?? 'mail'));
  const adding = useAddChannel();
  const editing = useEditChannel();
  const { error, isPending } = channel ? editing : adding;
  const put = (different: Partial<ChannelFields>) =>
    setFields((before) => ({ ...before, ...different }));
  const { kind } = fields;
  const place = kind === 'mail' ? 'address' : 'url';
  const fixed = channel?.from_environment ?? false;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function save(event: FormEvent) {
    event.preventDefault();
    if (isPending || fixed) return;
    const input = inputOf(fields);
    if (channel) {
      editing.mutate(
        { id: channel.id, version: channel.version, ...input },
        {
          onSuccess: ({ name }) => {
            toast(`${name} changed`);
            onClose();
          },
        },
      );
      return;
    }
    adding.mutate(
      { kind, ...input },
      {
        onSuccess: (made) => {
          toast(`${made.name} added`);
          onMade(made);
        },
      },
    );
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      {fixed && (
        <p className={styles.notice}>
          This channel comes from the environment and can only be changed there.
        </p>
      )}
      <fieldset className={styles.set} disabled={fixed}>
        <div className={styles.form}>
          {!channel && kinds.length > 1 && (
            <Segmented
              label="Kind"
              value={kind}
              onChange={(value) => put({ kind: value, place: '' })}
              choices={kinds.map((value) => ({ value, label: kindWords[value] }))}
            />
          )}
          <TextField
            label={kind === 'mail' ? 'Mail address' : 'Address of the webhook'}
            type={kind === 'mail' ? 'email' : 'text'}
            inputMode={kind === 'mail' ? 'email' : 'url'}
            placeholder={channel ? channel.address : placeholders[kind]}
            hint={channel && kind !== 'mail' ? 'Left empty, it stays as it is.' : undefined}
            value={fields.place}
            onChange={(event) => put({ place: event.currentTarget.value })}
            error={fieldError(error, place)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          <TextField
            label="Name"
            note="optional"
            value={fields.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
            error={fieldError(error, 'name')}
            autoComplete="off"
          />
          <Hears fields={fields} onChange={put} error={error} />
        </div>
      </fieldset>
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        {!fixed && (
          <Button tone="primary" type="submit" keys="Enter" busy={isPending}>
            {channel ? 'Save' : 'Add'}
          </Button>
        )}
        <Button onClick={onClose}>{fixed ? 'Close' : 'Leave it'}</Button>
        {channel && !fixed && (
          <span className={styles.apart}>
            <Button tone="danger" onClick={onRemove}>
              Remove
            </Button>
          </span>
        )}
      </DialogActions>
    </form>
  );
}

const placeholders: Record<ChannelKind, string> = {
  mail: 'operations@company.example',
  slack: 'https://hooks.slack.com/services/…',
  webhook: 'https://',
};

interface RemovingProps {
  channel: Channel;
  onKeep: () => void;
  onGone: () => void;
}

function Removing({ channel, onKeep, onGone }: RemovingProps) {
  const removing = useRemoveChannel();
  return (
    <>
      <p>{channel.name} hears of nothing any more. What waits for it is given up.</p>
      {removing.error && <Problem>{sentenceOf(removing.error)}</Problem>}
      <DialogActions>
        <Button
          tone="danger"
          busy={removing.isPending}
          onClick={() =>
            removing.mutate(channel.id, {
              onSuccess: () => {
                toast(`${channel.name} removed`);
                onGone();
              },
            })
          }
        >
          Remove {channel.name}
        </Button>
        <Button onClick={onKeep} data-autofocus>
          Keep it
        </Button>
      </DialogActions>
    </>
  );
}
