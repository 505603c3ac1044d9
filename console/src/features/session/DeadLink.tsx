import { LinkIcon, Timer } from 'lucide-react';
import { ButtonLink } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import type { ApiProblem } from '@/lib/api';

/** A link that lets nobody in, why, and what to do about it. */
export function DeadLink({ error }: { error: ApiProblem | null }) {
  const expired = error?.code === 'invitation_expired';
  return (
    <EmptyState
      size="page"
      icon={expired ? Timer : LinkIcon}
      title={expired ? 'This link has run out.' : 'This link does not work.'}
      actions={<ButtonLink to="/login">Log in</ButtonLink>}
    >
      {expired
        ? 'It was good for a week. Ask whoever sent it for a new one: Settings, People, New invitation link.'
        : 'It was used already, replaced by a newer one, or is not complete. If you chose a password with it, log in. Otherwise copy it once more, or ask whoever sent it for a new one.'}
    </EmptyState>
  );
}
