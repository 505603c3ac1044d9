import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button, IconButton } from '@/components/Button';
import {
  CheckField,
  Field,
  PasswordField,
  SelectField,
  TextAreaField,
  TextField,
} from '@/components/fields';
import { span, zoneNames } from '@/lib/time';
import styles from './monitors.module.css';
import type { FieldSpec, Values } from './spec';
import { type Header, isSealed, readHeaders, writeHeaders } from './values';

interface Props {
  fields: readonly FieldSpec[];
  values: Values;
  put: (different: Values) => void;
  wrong: (field: string) => string | undefined;
}

/** The fields of a kind, two beside each other where there is room. */
export function Fields({ fields, values, put, wrong }: Props) {
  const shown = fields.filter(({ when }) => when?.(values) ?? true);
  return (
    <div className={styles.fields}>
      {shown.map((field) => (
        <div key={field.name} data-wide={field.wide}>
          <One
            field={field}
            value={values[field.name] ?? ''}
            put={(text) => put({ [field.name]: text })}
            error={wrong(field.name)}
          />
        </div>
      ))}
    </div>
  );
}

interface OneProps {
  field: FieldSpec;
  value: string;
  put: (text: string) => void;
  error: string | undefined;
}

function One({ field, value, put, error }: OneProps) {
  const { label, placeholder, control, choices = [] } = field;
  const zones = useId();
  const hint = [spoken(field, value), field.hint].filter(Boolean).join(' ') || undefined;
  const words = { label, hint, error };
  if (control === 'choice') {
    return (
      <SelectField
        {...words}
        choices={choices}
        value={value}
        onChange={(event) => put(event.currentTarget.value)}
      />
    );
  }
  if (control === 'check') {
    return (
      <CheckField
        label={label}
        checked={value === 'yes'}
        onChange={(event) => put(event.currentTarget.checked ? 'yes' : '')}
      />
    );
  }
  if (control === 'headers') return <Headers value={value} put={put} {...words} />;
  if (control === 'secret' || (control === 'area' && isSealed(value)))
    return <Secret value={value} put={put} {...words} />;
  if (control === 'area' || control === 'lines') {
    return (
      <TextAreaField
        {...words}
        rows={3}
        value={value}
        onChange={(event) => put(event.currentTarget.value)}
        spellCheck={false}
      />
    );
  }
  return (
    <>
      <TextField
        {...words}
        placeholder={placeholder}
        inputMode={control === 'number' ? 'decimal' : undefined}
        list={control === 'zone' ? zones : undefined}
        value={value}
        onChange={(event) => put(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      {control === 'zone' && (
        <datalist id={zones}>
          {zoneNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** A long number of seconds as people say it: "That is 1 d." */
function spoken({ name, control }: FieldSpec, value: string): string | null {
  const seconds = Number(value);
  if (control !== 'number' || !name.endsWith('_seconds') || !(seconds > 60)) return null;
  return `That is ${span(seconds * 1000)}.`;
}

interface SecretProps {
  label: string;
  value: string;
  put: (text: string) => void;
  error: string | undefined;
}

/** A secret: once stored it is only said to be set, and can be replaced. */
function Secret({ label, value, put, error }: SecretProps) {
  if (!isSealed(value)) {
    return (
      <PasswordField
        label={label}
        value={value}
        onChange={(event) => put(event.currentTarget.value)}
        error={error}
        autoComplete="new-password"
      />
    );
  }
  return (
    <Field label={label} error={error}>
      {(wiring) => (
        <span className={styles.sealed}>
          <span>Set, and stored encrypted</span>
          <Button {...wiring} onClick={() => put('')}>
            Replace
          </Button>
        </span>
      )}
    </Field>
  );
}

function Headers({ value, put, label, error }: SecretProps) {
  const headers = readHeaders(value);
  const set = (at: number, header: Header | null) =>
    put(writeHeaders(headers.flatMap((one, n) => (n === at ? (header ? [header] : []) : [one]))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame.
    <div className={styles.headers} role="group" aria-label={label}>
      <strong>{label}</strong>
      {headers.map(([name, text], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while it is written.
        <div key={at} className={styles.header}>
          <TextField
            label="Name"
            value={name}
            onChange={(event) => set(at, [event.currentTarget.value.replaceAll(':', ''), text])}
            spellCheck={false}
          />
          {isSealed(text) ? (
            <Secret label="Value" value={text} put={() => set(at, [name, ''])} error={undefined} />
          ) : (
            <TextField
              label="Value"
              value={text}
              onChange={(event) => set(at, [name, event.currentTarget.value])}
              spellCheck={false}
            />
          )}
          <IconButton
            icon={X}
            label={`Remove header ${name || at + 1}`}
            onClick={() => set(at, null)}
          />
        </div>
      ))}
      {error && (
        <p role="alert" className={styles.problem}>
          {error}
        </p>
      )}
      <div>
        <Button icon={Plus} onClick={() => put(writeHeaders([...headers, ['', '']]))}>
          Add a header
        </Button>
      </div>
    </div>
  );
}
