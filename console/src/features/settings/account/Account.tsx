import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { PasswordField, TextField } from '@/components/fields';
import {
  ApiProblem,
  fieldError,
  sentenceOf,
  useChangePassword,
  useRename,
  useSession,
} from '@/lib/api';
import { toast } from '@/lib/toasts';
import { Problem } from '../Frame';
import styles from '../settings.module.css';

/** How am I called here, and how do I get in? */
export function Account() {
  const user = useSession().data?.user;
  if (!user) return null;
  return (
    <div className={styles.account}>
      <section aria-label="Name">
        <h2>Name</h2>
        <p className={styles.quiet}>You log in as {user.email}.</p>
        <Naming key={user.name} name={user.name} />
      </section>
      <section aria-label="Password">
        <h2>Password</h2>
        <p className={styles.quiet}>A new one logs you out everywhere else.</p>
        <Password email={user.email} />
      </section>
    </div>
  );
}

function Naming({ name: before }: { name: string }) {
  const [name, setName] = useState(before);
  const renaming = useRename();
  const { error } = renaming;

  function save(event: FormEvent) {
    event.preventDefault();
    renaming.mutate(name.trim(), { onSuccess: () => toast('Name changed') });
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <TextField
        label="Name"
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
      />
      {error && !fieldError(error, 'name') && <Problem>{sentenceOf(error)}</Problem>}
      <div>
        <Button
          type="submit"
          busy={renaming.isPending}
          refused={name.trim() === before ? 'This is your name already.' : null}
        >
          Change name
        </Button>
      </div>
    </form>
  );
}

const blank = { current_password: '', new_password: '' };

/** The words at the current password: the server answers a wrong one as it answers a wrong log-in. */
function wrongNow(error: unknown): string | undefined {
  const wrong = error instanceof ApiProblem && error.status === 401;
  return wrong ? 'This is not your password.' : fieldError(error, 'current_password');
}

function Password({ email }: { email: string }) {
  const [fields, setFields] = useState(blank);
  const changing = useChangePassword();
  const { error } = changing;
  const known = wrongNow(error) ?? fieldError(error, 'new_password');
  const bind = (field: keyof typeof blank) => ({
    value: fields[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [field]: value }));
    },
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (changing.isPending) return;
    changing.mutate(fields, {
      onSuccess: () => {
        setFields(blank);
        toast('Password changed; you are logged out everywhere else');
      },
    });
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordField
        label="Your password now"
        autoComplete="current-password"
        error={wrongNow(error)}
        {...bind('current_password')}
      />
      <PasswordField
        label="New password"
        note="8 characters or more"
        autoComplete="new-password"
        error={fieldError(error, 'new_password')}
        {...bind('new_password')}
      />
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <div>
        <Button type="submit" busy={changing.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
