import { useSyncExternalStore } from 'react';

type Overlay = 'palette' | 'keys' | 'rail';

let open: Overlay | null = null;
const watchers = new Set<() => void>();

/** Shows one overlay of the shell, or none. */
export function show(overlay: Overlay | null): void {
  open = overlay;
  for (const watcher of watchers) watcher();
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => open,
  );
}
