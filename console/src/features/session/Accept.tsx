import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { PasswordField, TextField } from '@/components/fields';
import {
  ApiProblem,
  fieldError,
  type Invitation,
  sentenceOf,
  useAcceptInvitation,
  useSession,
} from '@/lib/api';
import { roleWords } from '@/lib/words';
import { DeadLink } from './DeadLink';
import { Rules } from './Rules';
import { passwordRules } from './rules';
import styles from './session.module.css';

interface Props {
  token: string;
  invitation: Invitation;
  onDone: () => void;
}

/** Who invited whom to what; a name and a password, and one is in. */
export function Accept({ token, invitation, onDone }: Props) {
  const { email, sets_password, resets } = invitation;
  const [name, setName] = useState(invitation.name);
  const [password, setPassword] = useState('');
  const accepting = useAcceptInvitation();
  const { error } = accepting;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;
  const named = sets_password && !resets;
  const ready = !sets_password || passwordRules(password, email).every(({ kept }) => kept);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || accepting.isPending) return;
    accepting.mutate(
      { token, password, ...(named && { name: name.trim() }) },
      { onSuccess: onDone },
    );
  }

  if (error instanceof ApiProblem && error.status === 404) return <DeadLink error={error} />;
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <Head invitation={invitation} />
      <input type="hidden" autoComplete="username" value={email} readOnly />
      {named && (
        <TextField
          label="Your name"
          size="large"
          autoComplete="name"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(error, 'name')}
        />
      )}
      <div>
        <PasswordField
          label={sets_password ? 'Choose a password' : 'Your password on this server'}
          size="large"
          autoComplete={sets_password ? 'new-password' : 'current-password'}
          autoFocus
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={fieldError(error, 'password')}
        />
        {sets_password && <Rules password={password} email={email} />}
      </div>
      {error && !known && (
        <p role="alert" className={styles.failure}>
          {sentenceOf(error)}
        </p>
      )}
      <Button
        type="submit"
        tone="primary"
        size="large"
        wide
        keys="Enter"
        busy={accepting.isPending}
        refused={ready ? null : 'Choose a password that keeps both rules.'}
      >
        {resets ? 'Save and log in' : 'Join and go to the board'}
      </Button>
    </form>
  );
}

function Head({ invitation }: { invitation: Invitation }) {
  const { email, tenant, roles, invited_by, resets } = invitation;
  const here = useSession().data?.user;
  const other = here && here.email !== email ? here : null;
  return (
    <header>
      <h1>{resets ? 'Choose a new password' : `Join ${tenant}`}</h1>
      <p>
        {resets ? (
          <>
            {invited_by} made this link for <strong>{email}</strong>.
          </>
        ) : (
          <>
            {invited_by} invited <strong>{email}</strong> as{' '}
            {roles.map((role) => roleWords[role]).join(' and ')}.
          </>
        )}
      </p>
      {other && (
        <p>
          You are logged in as {other.name}; this logs you in as {email} instead.
        </p>
      )}
    </header>
  );
}
