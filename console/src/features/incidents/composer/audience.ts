import type { Audience } from '@/lib/api';
import { count, listed } from '@/lib/words';

/** How many messages leave; pages are not counted, they are read. */
export function reach({ mail, webhooks, chat }: Audience): number {
  return mail + webhooks + chat;
}

/** "1,284 subscribers by mail, 37 webhooks and 5 chat channels"; '' where nobody follows. */
export function reachWords({ mail, webhooks, chat }: Audience): string {
  return listed(
    [
      mail > 0 && count(mail, 'subscriber by mail', 'subscribers by mail'),
      webhooks > 0 && count(webhooks, 'webhook'),
      chat > 0 && count(chat, 'chat channel'),
    ].filter((word) => word !== false),
  );
}

/** The words of the button: whom it publishes to, and whether it resolves as well. */
export function publishWords(audience: Audience | undefined, resolves: boolean): string {
  const after = resolves ? ' and resolve' : '';
  if (!audience) return `Publish${after}`;
  const people = reach(audience);
  if (people > 0) return `Publish to ${people.toLocaleString('en-GB')}${after}`;
  if (audience.pages.length === 0) return `Publish${after}`;
  return `Publish on the ${audience.pages.length > 1 ? 'pages' : 'page'}${after}`;
}
