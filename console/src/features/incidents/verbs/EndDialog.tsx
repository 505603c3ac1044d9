import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { TextAreaField } from '@/components/fields';
import { fieldError, type IncidentDetail, type Phase, sentenceOf, type VerbInput } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { toast } from '@/lib/toasts';
import { listed } from '@/lib/words';
import { reach, reachWords } from '../composer/audience';
import { audienceQuery } from '../queries';
import { useVerb } from '../writes';
import { Conflict, isLostRace } from './Conflict';
import styles from './verbs.module.css';
import { doneWords } from './words';

export type EndingVerb = 'resolve' | 'cancel' | 'reopen';

interface Props {
  verb: EndingVerb;
  /** As it was when the dialog opened; a newer version is a lost race. */
  incident: IncidentDetail;
  opened: boolean;
  onClose: () => void;
}

interface Words {
  title: string;
  button: string;
  again: string;
  phase: Phase;
  /** The field that stays inside, where the verb has one. */
  inside: { field: 'resolution_note' | 'reason'; label: string; placeholder: string } | null;
  /** What the public reads if nothing is written. */
  otherwise: string | null;
}

const words: Record<EndingVerb, Words> = {
  resolve: {
    title: 'Resolve',
    button: 'Resolve',
    again: 'Resolve anyway',
    phase: 'resolved',
    inside: {
      field: 'resolution_note',
      label: 'What was done',
      placeholder: 'The cause, and what made it work again',
    },
    otherwise: 'Left empty, the page’s own words for the end are used.',
  },
  cancel: {
    title: 'Cancel',
    button: 'Cancel incident',
    again: 'Cancel anyway',
    phase: 'resolved',
    inside: {
      field: 'reason',
      label: 'Why it was none',
      placeholder: 'A test, a duplicate, a mistake',
    },
    otherwise: null,
  },
  reopen: {
    title: 'Reopen',
    button: 'Reopen',
    again: 'Reopen anyway',
    phase: 'investigating',
    inside: null,
    otherwise: 'Left empty, it says that you are looking into it again.',
  },
};

const isTold = (verb: EndingVerb, { phase }: IncidentDetail) =>
  verb === 'reopen' ? phase !== 'none' : phase !== 'none' && phase !== 'resolved';

/** Ends an incident, or begins it again: what stays inside, what the public reads, and who gets it. */
export function EndDialog({ opened, onClose, ...rest }: Props) {
  const { verb, incident } = rest;
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={`${words[verb].title} ${incident.id}`}
      width={560}
    >
      <Form onClose={onClose} {...rest} />
    </Dialog>
  );
}

function Form({ verb, incident, onClose }: Omit<Props, 'opened'>) {
  const { inside, button, again, phase, otherwise } = words[verb];
  const prepared = verb === 'resolve' ? incident.prepared_resolution : null;
  const [note, setNote] = useState(prepared?.resolution_note ?? '');
  const [message, setMessage] = useState(prepared?.public_message ?? '');
  const told = isTold(verb, incident);
  const audience = useQuery({ ...audienceQuery(incident.id, phase, {}), enabled: told });
  const running = useVerb();
  const { error } = running;
  const people = told && audience.data ? reach(audience.data) : 0;

  function run(version: number) {
    if (running.isPending) return;
    const body: VerbInput = {
      ...(inside && { [inside.field]: note.trim() }),
      ...(told && message.trim() && { public_message: message.trim() }),
    };
    running.mutate(
      { ref: incident.id, verb, body, version },
      {
        onSuccess: ({ id }) => {
          toast(`${id} ${doneWords[verb]}`);
          onClose();
        },
      },
    );
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    run(incident.version);
  }

  useKeys([{ keys: 'mod+Enter', label: button, group: 'Do', run: () => submit() }]);
  const known = ['resolution_note', 'reason', 'public_message'].some((f) => fieldError(error, f));

  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      {inside && (
        <TextAreaField
          label={inside.label}
          note="stays inside"
          placeholder={inside.placeholder}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(error, inside.field)}
          data-autofocus
        />
      )}
      {told && (
        <>
          <TextAreaField
            label="What the public reads"
            note={`as ${phase}`}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
            hint={otherwise}
            error={fieldError(error, 'public_message')}
            data-autofocus={inside ? undefined : true}
          />
          {audience.data && (
            <p className={styles.told}>
              <Radio size={15} strokeWidth={1.6} aria-hidden />
              <span>
                Leaves the building: {listed(audience.data.pages.map((page) => `page ${page}`))}
                {people > 0 && `, ${reachWords(audience.data)}`}.
              </span>
            </p>
          )}
        </>
      )}
      {isLostRace(error) ? (
        <Conflict before={incident} again={again} onAgain={run} />
      ) : (
        error &&
        !known && (
          <p className={styles.problem} role="alert">
            {sentenceOf(error)}
          </p>
        )
      )}
      <DialogActions>
        <Button
          tone={verb === 'cancel' ? 'danger' : 'primary'}
          type="submit"
          keys="mod+Enter"
          busy={running.isPending}
        >
          {people > 0 ? `${button} and tell ${people.toLocaleString('en-GB')}` : button}
        </Button>
        <Button onClick={onClose}>{verb === 'cancel' ? 'Keep it' : 'Not yet'}</Button>
      </DialogActions>
    </form>
  );
}
