import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useSession } from '@/lib/api';
import styles from './Page.module.css';
import { type PhoneVerb, PhoneVerbs } from './PhoneVerbs';
import { TopBar } from './TopBar';

interface Props {
  /** Names the screen, the tab of the browser, and the first heading unless `heading` is off. */
  title: string;
  /** Off where the content has a first heading of its own. */
  heading?: boolean;
  /** Where one came from: "Incidents", with its address. */
  parent?: { to: string; name: string };
  /** Beside the title: segmented links, a chip. */
  beside?: ReactNode;
  /** The one primary action; by default *New incident* for those who may. */
  action?: ReactNode;
  /** Replaces the top bar, for pages with their own head. */
  header?: ReactNode;
  /** The right column, 308 px; below the content on small screens. */
  aside?: ReactNode;
  /** What the thumb reaches on phones. */
  verbs?: readonly PhoneVerb[];
  /** Lists bring their own padding. */
  padded?: boolean;
  children: ReactNode;
}

/** The frame of a screen: top bar, content, right column, and the verbs at the thumb on phones. */
export function Page({
  title,
  heading,
  parent,
  beside,
  action,
  header,
  aside,
  verbs,
  padded = true,
  children,
}: Props) {
  const tenant = useSession().data?.tenant.name ?? 'Tocsin';
  useEffect(() => {
    document.title = `${title} · ${tenant}`;
  }, [title, tenant]);
  return (
    <>
      {header ?? <TopBar {...{ title, heading, parent, beside, action }} />}
      <div className={styles.body} data-aside={aside ? true : undefined}>
        <div className={styles.content} data-padded={padded || undefined}>
          {children}
        </div>
        {aside && <aside className={styles.aside}>{aside}</aside>}
      </div>
      {verbs && verbs.length > 0 && <PhoneVerbs verbs={verbs} />}
    </>
  );
}
