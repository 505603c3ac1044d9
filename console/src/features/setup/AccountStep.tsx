import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { PasswordField, TextField } from '@/components/fields';
import { fieldError, sentenceOf, useSetUp } from '@/lib/api';
import { strengthOf } from './password';
import { StepHead } from './Steps';
import styles from './setup.module.css';

/** Step 1: the first administrator, by the link that the start printed. */
export function AccountStep({ token, onDone }: { token: string; onDone: () => void }) {
  const [fields, setFields] = useState({ name: '', email: '', password: '' });
  const setUp = useSetUp();
  const strength = strengthOf(fields.password);
  const bind = (field: keyof typeof fields) => ({
    value: fields[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [field]: value }));
    },
    error: fieldError(setUp.error, field),
    size: 'large' as const,
    required: true,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setUp.mutate({ token, ...fields }, { onSuccess: onDone });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <StepHead at={1} title="Set up Tocsin">
        This link works once.
      </StepHead>
      <TextField label="Name" autoComplete="name" autoFocus {...bind('name')} />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        placeholder="name@company.example"
        {...bind('email')}
      />
      <div>
        <PasswordField
          label="Password"
          note={fields.password && strength.words}
          autoComplete="new-password"
          {...bind('password')}
        />
        <Meter score={strength.score} />
        <p className={styles.rule} data-kept={strength.score > 0 || undefined}>
          <Check size={14} strokeWidth={1.8} aria-hidden /> 8 characters or more; a long sentence is
          best
        </p>
      </div>
      {setUp.error && (
        <p role="alert" className={styles.failure}>
          {sentenceOf(setUp.error)}
        </p>
      )}
      <Button type="submit" tone="primary" size="large" wide keys="Enter" busy={setUp.isPending}>
        Create account and go on
      </Button>
    </form>
  );
}

function Meter({ score }: { score: number }) {
  return (
    <div className={styles.meter} aria-hidden>
      {[1, 2, 3, 4].map((part) => (
        <span key={part} data-full={part <= score || undefined} />
      ))}
    </div>
  );
}
