import { Activity } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { AskOnce } from '@/components/Dialog';
import { SelectField, TextField } from '@/components/fields';
import { ApiProblem, fieldError, type Monitor, sentenceOf, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { type OwnKind, ownKinds } from '@/lib/kinds';
import { readerZone } from '@/lib/time';
import { toast } from '@/lib/toasts';
import { Answer } from './Answer';
import { DuePreview, useCron } from './Due';
import { Fields } from './Fields';
import { kinds } from './kinds';
import styles from './monitors.module.css';
import { useRemoveMonitor, useSaveMonitor, useTry } from './queries';
import type { Values } from './spec';
import { blank, configOf, namesOf, valuesOf } from './values';
import { monitorName } from './words';

interface Props {
  serviceId: string;
  /** Null for a new one. */
  monitor: Monitor | null;
  kind: OwnKind;
  onSaved: (monitor: Monitor) => void;
  onGone: () => void;
}

const kindChoices = ownKinds.map((kind) => ({ value: kind, label: kinds[kind].words }));
const refusal = 'You may look but not change this. Ask an admin.';

/** What is asked, how often, and what counts as good; beside it what it answers now. */
export function Editor({ serviceId, monitor: now, kind: first, onSaved, onGone }: Props) {
  // What was looked at when the form was opened: a change by somebody else must not slip below it.
  const [monitor] = useState(now);
  const [kind, setKind] = useState<OwnKind>(first);
  const [values, setValues] = useState<Values>(() =>
    monitor ? valuesOf(monitor, first) : blank(first, readerZone),
  );
  const [tried, setTried] = useState('');
  const trying = useTry();
  const saving = useSaveMonitor(monitor);
  const mayWrite = useMay('monitors.write');
  const put = (different: Values) => setValues((before) => ({ ...before, ...different }));
  const config = configOf(kind, values);
  const asked = JSON.stringify(config);
  const cron = useCron(values, kind === 'heartbeat' && mayWrite);
  const wrong = (field: string) =>
    namesOf(field, values)
      .flatMap((name) =>
        [cron.error, saving.error, trying.error].map((each) => fieldError(each, name)),
      )
      .find(Boolean) ?? headerError(field, saving.error ?? trying.error);

  function tryNow() {
    if (trying.isPending) return;
    setTried(asked);
    trying.mutate(config);
  }

  function save(event?: FormEvent) {
    event?.preventDefault();
    if (saving.isPending || !mayWrite) return;
    const name = values.name?.trim() || null;
    saving.mutate(
      { service_id: serviceId, name, ...config },
      {
        onSuccess: (saved) => {
          toast(`${monitorName(saved)} ${monitor ? 'changed' : 'added'}`);
          onSaved(saved);
        },
      },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    const inField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey || !inField) return;
    event.preventDefault();
    if (kind !== 'heartbeat') tryNow();
  }

  useKeys([{ keys: 'mod+Enter', label: 'Save', group: 'Do', run: () => save() }]);

  // What is saved stands on the page already.
  const { cron: savedCron, time_zone: savedZone } = (now ?? {}) as Record<string, unknown>;
  const asSaved = savedCron === values.cron?.trim() && savedZone === values.time_zone?.trim();
  const { fields } = kinds[kind];
  const folded = fields.filter((field) => field.folded);
  return (
    <div className={styles.editor}>
      <form onSubmit={save} onKeyDown={onKeyDown} className={styles.form} noValidate>
        {!monitor && (
          <SelectField
            label="What is checked"
            choices={kindChoices}
            value={kind}
            onChange={(event) => {
              const next = event.currentTarget.value as OwnKind;
              setKind(next);
              setValues({ ...blank(next, readerZone), name: values.name ?? '' });
              trying.reset();
              saving.reset();
            }}
          />
        )}
        <Fields fields={fields.filter((field) => !field.folded)} {...{ values, put, wrong }} />
        {folded.length > 0 && (
          <details
            className={styles.more}
            open={folded.some(({ name }) => wrong(name)) || undefined}
          >
            <summary>More: {moreWords[kind]}</summary>
            <Fields fields={folded} {...{ values, put, wrong }} />
          </details>
        )}
        <TextField
          label="Name"
          note="optional"
          value={values.name ?? ''}
          onChange={(event) => put({ name: event.currentTarget.value })}
          error={wrong('name')}
        />
        <Rest
          error={saving.error}
          known={[...fields.map(({ name }) => name), 'name'].some(wrong)}
        />
        <div className={styles.actions}>
          <Button
            type="submit"
            tone="primary"
            keys="mod+Enter"
            busy={saving.isPending}
            refused={mayWrite ? null : refusal}
          >
            {monitor ? 'Save' : 'Add monitor'}
          </Button>
          {kind !== 'heartbeat' && (
            <Button
              icon={Activity}
              keys="Enter"
              busy={trying.isPending}
              refused={mayWrite ? null : refusal}
              onClick={tryNow}
            >
              Test now
            </Button>
          )}
          {monitor && mayWrite && <Remove monitor={monitor} onGone={onGone} />}
        </div>
      </form>
      {kind === 'heartbeat' && values.schedule === 'cron' && !asSaved && (
        <DuePreview query={cron} empty={!values.cron?.trim()} />
      )}
      {kind !== 'heartbeat' && (
        <Answer
          trial={trying.data}
          error={trying.error}
          busy={trying.isPending}
          stale={tried !== asked}
        />
      )}
    </div>
  );
}

const moreWords: Record<OwnKind, string> = {
  http: 'method, headers, log-in, content, redirects, TLS',
  tcp: 'what is said, how fast',
  tls: 'mail servers, another name',
  dns: 'name servers',
  ping: 'echoes, loss, how fast',
  heartbeat: '',
};

/** The server names headers one by one; the form shows them together. */
function headerError(field: string, error: unknown): string | undefined {
  if (field !== 'headers' || !(error instanceof ApiProblem)) return undefined;
  const [found] = Object.entries(error.fields).filter(([name]) => name.startsWith('headers.'));
  return found && `${found[0].slice('headers.'.length)}: ${found[1]}`;
}

/** What was refused and belongs to no field. */
function Rest({ error, known }: { error: unknown; known: boolean }) {
  if (!error || known) return null;
  const stale = error instanceof ApiProblem && error.status === 412;
  return (
    <p className={styles.problem} role="alert">
      {stale ? 'Somebody changed this meanwhile. Load the page again.' : sentenceOf(error)}
    </p>
  );
}

function Remove({ monitor, onGone }: { monitor: Monitor; onGone: () => void }) {
  const [asking, setAsking] = useState(false);
  const removing = useRemoveMonitor();
  const name = monitorName(monitor);
  return (
    <span className={styles.apart}>
      <Button tone="danger" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <AskOnce
        opened={asking}
        onClose={() => setAsking(false)}
        question={`Delete ${name}?`}
        confirm="Delete monitor"
        busy={removing.isPending}
        onConfirm={() =>
          removing.mutate(monitor.id, {
            onSuccess: () => {
              toast(`${name} deleted`);
              onGone();
            },
          })
        }
      >
        <p>It is checked no longer; the service’s state then comes from its other sources.</p>
        {removing.error && <p className={styles.problem}>{sentenceOf(removing.error)}</p>}
      </AskOnce>
    </span>
  );
}
