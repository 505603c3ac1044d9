import { Activity } from 'lucide-react';
import { Button } from '@/components/Button';
import { SelectField, TextField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import { StatusChip } from '@/components/StatusChip';
import { StatusMark } from '@/components/StatusMark';
import { ApiProblem, fieldError, type SourceTrial, sentenceOf } from '@/lib/api';
import { kindName } from '@/lib/kinds';
import { Problem } from '../Frame';
import styles from '../settings.module.css';
import { refusal } from '../words';
import { Options } from './Options';
import { useTrySource } from './queries';
import { isKnown, knowsAddress, partsOf, type SourceFields, sourceOf, sourceWords } from './source';

interface Props {
  fields: SourceFields;
  onChange: (fields: SourceFields) => void;
  /** A trial found out what the vendor calls itself. */
  onFound: (name: string) => void;
  /** Why the server refused the service. */
  error: unknown;
  mayTry: boolean;
}

const placeholders: Record<string, string> = {
  statuspage: 'https://www.githubstatus.com',
  http: 'https://www.company.example',
  json: 'https://api.company.example/health',
  rss: 'https://status.vendor.example/feed.rss',
};

/** Every kind to choose from, and the one that is there if the form does not know it. */
function kindChoices(kind: string) {
  const known = Object.entries(sourceWords).map(([value, label]) => ({ value, label }));
  return isKnown(kind) ? known : [...known, { value: kind, label: kindName(kind) }];
}

const ownAddress = new Set(['http', 'json', 'rss']);
const takesParts = (kind: string) => isKnown(kind) && kind !== 'http' && kind !== 'manual';

/** Where the status comes from, and a trial of it before it is saved. */
export function SourceField({ fields, onChange, onFound, error, mayTry }: Props) {
  const trying = useTrySource();
  const { kind } = fields;
  const put = (different: Partial<SourceFields>) => onChange({ ...fields, ...different });
  const wrong = (field: string) =>
    errorAt(error, `source.${field}`) ?? errorAt(trying.error, field);
  const trial = trying.data;

  function tryOut() {
    trying.mutate(sourceOf(fields), {
      onSuccess: ({ name, error: failed }) => !failed && name && onFound(name),
    });
  }

  return (
    <div className={styles.source}>
      <SelectField
        label="Where its status comes from"
        choices={kindChoices(kind)}
        value={kind}
        onChange={(event) => {
          trying.reset();
          put({ kind: event.currentTarget.value, components: [], own: {} });
        }}
        error={wrong('kind') ?? fieldError(error, 'source')}
      />
      {!isKnown(kind) && (
        <p className={styles.caption}>
          Its own fields stay as they are; change them through the API.
        </p>
      )}
      {isKnown(kind) && kind !== 'manual' && (
        <div className={styles.line}>
          <TextField
            label={ownAddress.has(kind) ? 'Address' : 'Address of the status page'}
            note={knowsAddress.has(kind) ? 'optional' : undefined}
            inputMode="url"
            placeholder={placeholders[kind]}
            value={fields.url}
            onChange={(event) => put({ url: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              tryOut();
            }}
            error={wrong('url')}
            spellCheck={false}
          />
          <Button
            icon={Activity}
            busy={trying.isPending}
            refused={mayTry ? null : refusal}
            onClick={tryOut}
          >
            Test
          </Button>
        </div>
      )}
      {trying.error && !wrong('url') && <Problem>{sentenceOf(trying.error)}</Problem>}
      {trial && kind !== 'manual' && (
        <Trial trial={trial} url={fields.url} onUse={(url) => put({ url })} />
      )}
      {kind === 'http' && <Expectation fields={fields} put={put} wrong={wrong} />}
      <Options fields={fields} put={put} wrong={wrong} />
      {takesParts(kind) && (
        <Parts
          trial={trial}
          chosen={fields.components}
          onChange={(components) => put({ components })}
          error={wrong('components')}
        />
      )}
    </div>
  );
}

/** What is wrong with a field, or with one of its values. */
function errorAt(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const found = Object.entries(error.fields).find(
    ([name]) => name === field || name.startsWith(`${field}.`),
  );
  return found?.[1];
}

interface TrialProps {
  trial: SourceTrial;
  url: string;
  onUse: (url: string) => void;
}

/** What the trial found: the status now, how long it took, where the address leads. */
function Trial({ trial, url, onUse }: TrialProps) {
  const { status, detail, final_url, response_ms, components, error, missing, unnamed } = trial;
  const moved = final_url !== null && final_url !== url.trim().replace(/\/$/, '');
  return (
    <div className={styles.trial} role="status">
      <div className={styles.trialHead}>
        {error ? <strong>No answer that can be read.</strong> : <StatusChip state={status} />}
        <span className={styles.caption}>
          {[
            response_ms !== null && `${response_ms} ms`,
            components.length > 0 && `${components.length} components`,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </div>
      <p>{detail}</p>
      {missing.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {unnamed.length > 0 && (
        <p>
          Not named now: {unnamed.join(', ')}. This source names only what has trouble, so a
          misspelt name would stay green; check the spelling.
        </p>
      )}
      {moved && (
        <p>
          It leads to {final_url}.{' '}
          <button type="button" className={styles.use} onClick={() => onUse(final_url)}>
            Use this
          </button>
        </p>
      )}
    </div>
  );
}

interface PartsProps {
  trial: SourceTrial | undefined;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error?: string;
}

/** Which parts of the vendor count; none chosen means all. */
function Parts({ trial, chosen, onChange, error }: PartsProps) {
  const parts = partsOf(trial, chosen);
  if (parts.length === 0) return null;
  return (
    <PickMany
      label="Only these parts"
      note="none chosen: all of them"
      placeholder="Find a part"
      options={parts.map(({ value, label, status }) => ({
        value,
        label,
        mark: status ? <StatusMark state={status} /> : undefined,
      }))}
      chosen={chosen}
      onChange={onChange}
      error={error}
    />
  );
}

interface ExpectationProps {
  fields: SourceFields;
  put: (different: Partial<SourceFields>) => void;
  wrong: (field: string) => string | undefined;
}

function Expectation({ fields, put, wrong }: ExpectationProps) {
  return (
    <div className={styles.pair}>
      <TextField
        label="Answers with"
        hint="Such as 200-399, 401."
        value={fields.expected}
        onChange={(event) => put({ expected: event.currentTarget.value })}
        error={wrong('expected_status')}
      />
      <TextField
        label="Must contain"
        hint="Optional."
        value={fields.keyword}
        onChange={(event) => put({ keyword: event.currentTarget.value })}
        error={wrong('keyword')}
      />
      <TextField
        label="Within seconds"
        inputMode="decimal"
        value={fields.timeout}
        onChange={(event) => put({ timeout: event.currentTarget.value })}
        error={wrong('timeout_seconds')}
      />
    </div>
  );
}
