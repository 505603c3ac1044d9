import { Check, ChevronDown, Eye, EyeOff } from 'lucide-react';
import { type ComponentPropsWithoutRef, type Ref, useState } from 'react';
import { Field, type FieldWords } from './Field';
import styles from './fields.module.css';

type Size = { size?: 'normal' | 'large' };
type Own<Tag extends 'input' | 'textarea' | 'select'> = FieldWords &
  Size &
  Omit<ComponentPropsWithoutRef<Tag>, keyof FieldWords | 'size'>;

function split<P extends FieldWords>({ label, note, hint, error, ...rest }: P) {
  return { words: { label, note, hint, error }, rest };
}

/** One line of text; `type` as in HTML. */
export function TextField(props: Own<'input'> & { ref?: Ref<HTMLInputElement> }) {
  const { words, rest } = split(props);
  const { size = 'normal', ...input } = rest;
  return (
    <Field {...words}>
      {(wiring) => <input className={styles.control} data-size={size} {...input} {...wiring} />}
    </Field>
  );
}

/** A secret that can be looked at while it is typed. */
export function PasswordField(props: Own<'input'>) {
  const { words, rest } = split(props);
  const { size = 'normal', ...input } = rest;
  const [open, setOpen] = useState(false);
  const Icon = open ? EyeOff : Eye;
  return (
    <Field {...words}>
      {(wiring) => (
        <span className={styles.inside}>
          <input
            className={styles.control}
            data-size={size}
            {...input}
            {...wiring}
            type={open ? 'text' : 'password'}
          />
          <button
            type="button"
            className={styles.eye}
            aria-pressed={open}
            aria-label="Show what is typed"
            onClick={() => setOpen(!open)}
          >
            <Icon size={16} strokeWidth={1.6} aria-hidden />
          </button>
        </span>
      )}
    </Field>
  );
}

/** Several lines of text that grow with what is written. */
export function TextAreaField(props: Own<'textarea'>) {
  const { words, rest } = split(props);
  const { size = 'normal', rows = 3, ...input } = rest;
  return (
    <Field {...words}>
      {(wiring) => (
        <textarea className={styles.control} data-size={size} rows={rows} {...input} {...wiring} />
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

type SelectProps = Size &
  Omit<ComponentPropsWithoutRef<'select'>, 'size'> & { choices: readonly Choice[] };

/** One of a few without a label of its own, for tables; name it with `aria-label`. */
export function Select({ choices, size = 'normal', ...input }: SelectProps) {
  return (
    <span className={styles.inside}>
      <select className={styles.control} data-size={size} {...input}>
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown className={styles.chevron} size={16} strokeWidth={1.6} aria-hidden />
    </span>
  );
}

/** One of a few; the system's own list, which every phone and reader knows. */
export function SelectField(props: Own<'select'> & { choices: readonly Choice[] }) {
  const { words, rest } = split(props);
  return <Field {...words}>{(wiring) => <Select {...rest} {...wiring} />}</Field>;
}

interface CheckProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type'> {
  label: string;
  hint?: string;
}

/** Yes or no, with a sentence of what it means. */
export function CheckField({ label, hint, ...input }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...input} />
      <span className={styles.box} aria-hidden>
        <Check size={12} strokeWidth={2.4} />
      </span>
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  );
}
