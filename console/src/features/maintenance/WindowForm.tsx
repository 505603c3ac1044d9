import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { DialogActions } from '@/components/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import { StatusMark } from '@/components/StatusMark';
import { fieldError, type Maintenance, sentenceOf, servicesQuery } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { stateOf } from '@/lib/state';
import { readerZone } from '@/lib/time';
import styles from './maintenance.module.css';
import {
  fieldOf,
  firstTimes,
  instantOf,
  type Repeat,
  recurrenceOf,
  repeatChoices,
  repeatOf,
} from './times';

/** What the form holds, ready to be sent. */
export interface Planned {
  title: string;
  description: string | null;
  starts_at: string;
  ends_at: string;
  affected_services: string[];
  recurrence: Maintenance['recurrence'];
}

interface Props {
  /** What is being changed; nothing for a new window. */
  window?: Maintenance;
  services?: readonly string[];
  error: Error | null;
  busy: boolean;
  verb: string;
  onSave: (planned: Planned) => void;
  onLeave: () => void;
}

/** What is done, on which services, from when to when, and how often. */
export function WindowForm({ window, services = [], error, busy, verb, onSave, onLeave }: Props) {
  const [first] = useState(() => timesOf(window));
  const [title, setTitle] = useState(window?.title ?? '');
  const [chosen, setChosen] = useState<string[]>([...(window?.affected_services ?? services)]);
  const [starts, setStarts] = useState(first.starts);
  const [ends, setEnds] = useState(first.ends);
  const [repeat, setRepeat] = useState<Repeat>(repeatOf(window?.recurrence ?? null));
  const [rule, setRule] = useState(window?.recurrence?.rule ?? 'FREQ=WEEKLY;BYDAY=SU');
  const [description, setDescription] = useState(window?.description ?? '');
  const begun = window?.status === 'in_progress';
  const [from, to] = [instantOf(starts), instantOf(ends)];
  const missing = missingIn(title, chosen, from, to);

  function save(event?: FormEvent) {
    event?.preventDefault();
    if (busy || missing || !from || !to) return;
    onSave({
      title: title.trim(),
      description: description.trim() || null,
      starts_at: starts === first.starts && window ? window.starts_at : from,
      ends_at: ends === first.ends && window?.ends_at ? window.ends_at : to,
      affected_services: chosen,
      recurrence: keptOr(window, repeat, rule),
    });
  }

  useKeys([{ keys: 'mod+Enter', label: verb, group: 'Do', refused: missing, run: () => save() }]);

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <TextField
        label="Title"
        note="shown on the board"
        placeholder="What is done"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={fieldError(error, 'title')}
        maxLength={200}
        required
        data-autofocus
      />
      <ServicesField
        chosen={chosen}
        onChange={setChosen}
        error={fieldError(error, 'affected_services')}
      />
      <div className={styles.pair}>
        <TextField
          type="datetime-local"
          label="Starts"
          hint={begun ? 'It has begun already.' : readerZone}
          value={starts}
          disabled={begun}
          onChange={(event) => setStarts(event.currentTarget.value)}
          error={fieldError(error, 'starts_at')}
        />
        <TextField
          type="datetime-local"
          label="Ends"
          value={ends}
          onChange={(event) => setEnds(event.currentTarget.value)}
          error={fieldError(error, 'ends_at')}
        />
      </div>
      {!begun && (
        <RepeatField
          {...{ repeat, rule }}
          onRepeat={setRepeat}
          onRule={setRule}
          error={fieldError(error, 'recurrence')}
        />
      )}
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
        <Button tone="primary" type="submit" keys="mod+Enter" refused={missing} busy={busy}>
          {verb}
        </Button>
        <Button onClick={onLeave}>Leave it</Button>
      </DialogActions>
    </form>
  );
}

interface RepeatProps {
  repeat: Repeat;
  rule: string;
  onRepeat: (repeat: Repeat) => void;
  onRule: (rule: string) => void;
  error?: string;
}

function RepeatField({ repeat, rule, onRepeat, onRule, error }: RepeatProps) {
  return (
    <>
      <SelectField
        label="Repeats"
        value={repeat}
        choices={repeatChoices}
        hint={repeat === 'never' ? undefined : `By the wall clock of ${readerZone}.`}
        onChange={(event) => onRepeat(event.currentTarget.value as Repeat)}
        error={repeat === 'own' ? undefined : error}
      />
      {repeat === 'own' && (
        <TextField
          label="Rule"
          hint="An RRULE of iCalendar, such as FREQ=MONTHLY;BYDAY=-1SU."
          value={rule}
          onChange={(event) => onRule(event.currentTarget.value)}
          error={error}
          maxLength={500}
          spellCheck={false}
        />
      )}
    </>
  );
}

interface ServicesProps {
  chosen: string[];
  onChange: (chosen: string[]) => void;
  error?: string;
}

function ServicesField({ chosen, onChange, error }: ServicesProps) {
  const services = useQuery(servicesQuery).data?.items ?? [];
  const options = services.map((service) => ({
    value: service.id,
    label: service.name,
    mark: <StatusMark state={stateOf(service)} />,
  }));
  return (
    <PickMany
      label="Services"
      options={options}
      chosen={chosen}
      onChange={onChange}
      placeholder="Find a service…"
      error={error}
    />
  );
}

function timesOf(window: Maintenance | undefined): { starts: string; ends: string } {
  if (!window) return firstTimes(Date.now());
  const starts = Date.parse(window.starts_at);
  const ends = window.ends_at ? Date.parse(window.ends_at) : starts;
  return { starts: fieldOf(starts), ends: fieldOf(ends) };
}

/** A rule that stays keeps its zone, whoever looks at it from wherever. */
function keptOr(window: Maintenance | undefined, repeat: Repeat, rule: string) {
  const wanted = recurrenceOf(repeat, rule);
  return wanted && window?.recurrence?.rule === wanted.rule ? window.recurrence : wanted;
}

function missingIn(
  title: string,
  services: readonly string[],
  from: string | null,
  to: string | null,
): string | null {
  if (!title.trim()) return 'Give it a title first.';
  if (services.length === 0) return 'Choose at least one service.';
  if (!from || !to) return 'Say when it starts and ends.';
  return from < to ? null : 'It must end after it starts.';
}
