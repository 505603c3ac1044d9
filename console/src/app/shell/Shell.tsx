import { useMediaQuery } from '@mantine/hooks';
import { lazy, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation, useMatches } from 'react-router';
import { Toasts } from '@/components/Toasts';
import { useSession } from '@/lib/api';
import { useKeyboard } from '@/lib/keys';
import { useFollowLive } from '@/lib/live';
import { useKeepBoard } from '@/lib/offline';
import type { RouteHandle } from '../handle';
import { OfflineBar } from './OfflineBar';
import { show, useOverlay } from './overlays';
import { Rail } from './Rail';
import styles from './Shell.module.css';
import { useGlobalKeys } from './useGlobalKeys';
import { WhenWanted } from './WhenWanted';

const Palette = lazy(async () => ({ default: (await import('./palette/Palette')).Palette }));
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet')).KeySheet }));

function useRail(): 'wide' | 'narrow' | 'none' {
  const wishes = useMatches().map(({ handle }) => (handle as RouteHandle | undefined)?.rail);
  const asked = wishes.includes('narrow');
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const small = useMediaQuery('(max-width: 79.99em)', false, { getInitialValueInEffect: false });
  if (wishes.includes('none')) return 'none';
  return !phone && (asked || small) ? 'narrow' : 'wide';
}

/** A new page takes the focus away from what is gone, so that readers and keys start at its top. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

/** Rail and page, with what belongs to every page: skip link, palette, keys, toasts, the live link. */
export function Shell() {
  const { data: me } = useSession();
  const overlay = useOverlay();
  const rail = useRail();
  const main = useFocusOnArrival();
  useKeyboard();
  useGlobalKeys();
  useKeepBoard();
  useFollowLive(me && (me.user?.id ?? null));

  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      {rail !== 'none' && <Rail narrow={rail === 'narrow'} overlay={overlay === 'rail'} />}
      {overlay === 'rail' && (
        <button
          type="button"
          className={styles.veil}
          aria-label="Close the rooms"
          onClick={() => show(null)}
        />
      )}
      <main ref={main} className={styles.main} tabIndex={-1}>
        <OfflineBar />
        <Outlet />
      </main>
      <WhenWanted opened={overlay === 'palette'}>
        <Palette opened={overlay === 'palette'} />
      </WhenWanted>
      <WhenWanted opened={overlay === 'keys'}>
        <KeySheet opened={overlay === 'keys'} />
      </WhenWanted>
      <Toasts />
      <ScrollRestoration />
    </div>
  );
}
