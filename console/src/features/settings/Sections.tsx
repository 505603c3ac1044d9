import { NavLink } from 'react-router';
import { useSession } from '@/lib/api';
import styles from './settings.module.css';
import { refusal } from './words';

export interface Section {
  name: string;
  path: string;
  /** What a person needs to see it. */
  permission: string;
}

export const sections: readonly Section[] = [
  { name: 'Services', path: 'services', permission: 'services.read' },
  { name: 'People', path: 'people', permission: 'people.read' },
  { name: 'Teams', path: 'teams', permission: 'teams.read' },
  { name: 'API tokens', path: 'tokens', permission: 'tokens.read' },
  { name: 'Channels', path: 'channels', permission: 'channels.read' },
  { name: 'Webhooks', path: 'webhooks', permission: 'channels.read' },
  { name: 'Triggers', path: 'triggers', permission: 'triggers.read' },
  { name: 'Opening rule', path: 'opening-rule', permission: 'settings.read' },
  { name: 'Your account', path: 'account', permission: 'board.read' },
];

/** The parts of the settings that this person may see. */
export function useSections(): readonly Section[] {
  const permissions = useSession().data?.permissions ?? [];
  return sections.filter(({ permission }) => permissions.includes(permission));
}

/** On a phone the current part may lie beyond the edge. */
function toSight(link: HTMLAnchorElement | null) {
  if (link?.ariaCurrent) link.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** One part of the settings at a time. */
export function SectionTabs() {
  return (
    <nav className={styles.sections} aria-label="Parts of the settings">
      {useSections().map(({ name, path }) => (
        <NavLink key={path} to={`/settings/${path}`} ref={toSight}>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

/** What a part says to those who may not change it. */
export function LookOnly() {
  return <p className={styles.lookOnly}>{refusal}</p>;
}
