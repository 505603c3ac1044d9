import { ShieldCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { PasswordField, TextField } from '@/components/fields';
import { fieldError, sentenceOf, useLogIn } from '@/lib/api';
import styles from './session.module.css';

/** E-mail and password; every failure gets the same answer from the server. */
export function LogIn({ tenant, onDone }: { tenant: string; onDone: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const logIn = useLogIn();

  function submit(event: FormEvent) {
    event.preventDefault();
    logIn.mutate({ email, password }, { onSuccess: onDone });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <header>
        <h1>Log in</h1>
        <p>to {tenant}</p>
      </header>
      <TextField
        label="E-mail"
        size="large"
        type="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={fieldError(logIn.error, 'email')}
      />
      <PasswordField
        label="Password"
        size="large"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={fieldError(logIn.error, 'password')}
      />
      {logIn.error && (
        <p role="alert" className={styles.failure}>
          {sentenceOf(logIn.error)}
        </p>
      )}
      <div className={styles.go}>
        <Button type="submit" tone="primary" size="large" wide keys="Enter" busy={logIn.isPending}>
          Log in
        </Button>
        <p className={styles.caption}>
          <ShieldCheck size={14} strokeWidth={1.6} aria-hidden />
          After ten wrong tries, wait a quarter of an hour. Forgotten? Ask an admin for a new link.
        </p>
      </div>
    </form>
  );
}
