import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { Bell } from '@/components/Bell';
import { summaryQuery, useSession } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { show } from './overlays';
import styles from './Rail.module.css';
import { type Room, rooms, settingsRoom } from './rooms';
import { UserBlock } from './UserBlock';

/** The rooms on the left: 208 px, icons only when narrow, an overlay on phones. */
export function Rail({ narrow, overlay }: { narrow: boolean; overlay: boolean }) {
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  const { data: me } = useSession();
  const { data: summary } = useQuery(summaryQuery);
  useEffect(() => {
    if (overlay) nav.current?.querySelector('a')?.focus();
  }, [overlay]);
  useKeys(
    overlay
      ? [{ keys: 'Escape', label: 'Close the rooms', silent: true, run: () => show(null) }]
      : [],
  );
  const mayEnter = ({ permission }: Room) =>
    permission === null || me?.permissions.includes(permission);
  const counts: Record<string, number | undefined> = { '/incidents': summary?.open_incidents };

  const link = (room: Room) => {
    const { to, name, icon: Icon, also } = room;
    const inside = also?.includes(pathname);
    const count = counts[to];
    return (
      <li key={to} data-apart={room === settingsRoom || undefined}>
        <NavLink
          to={to}
          className={styles.room}
          data-inside={inside || undefined}
          title={narrow ? name : undefined}
          onClick={() => show(null)}
        >
          <Icon size={16} strokeWidth={1.6} aria-hidden />
          <span className={styles.name}>{name}</span>
          {count ? (
            <span className={styles.count}>
              {count}
              <span className="visually-hidden"> open</span>
            </span>
          ) : null}
        </NavLink>
      </li>
    );
  };

  return (
    <nav
      ref={nav}
      className={styles.rail}
      data-narrow={narrow || undefined}
      data-overlay={overlay || undefined}
      aria-label="Rooms"
    >
      <div className={styles.tenant}>
        <Bell />
        <span className={styles.name}>{me?.tenant.name ?? 'Tocsin'}</span>
      </div>
      <ul className={styles.rooms}>
        {rooms.filter(mayEnter).map(link)}
        {mayEnter(settingsRoom) && link(settingsRoom)}
      </ul>
      <UserBlock narrow={narrow} />
    </nav>
  );
}
