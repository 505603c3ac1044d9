import { useSyncExternalStore } from 'react';

type Listener = () => void;

/** One ticking clock per pace, shared by all who watch it; it stands still while nobody does. */
function ticking(milliseconds: number) {
  const listeners = new Set<Listener>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick() {
    now = Date.now();
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener: Listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        now = Date.now();
        timer = setInterval(tick, milliseconds);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    read: () => now,
  };
}

const paces = { second: ticking(1000), calm: ticking(10_000) };

/** Now in milliseconds; re-renders every second, or every ten seconds at the calm pace. */
export function useNow(pace: keyof typeof paces = 'calm'): number {
  const clock = paces[pace];
  return useSyncExternalStore(clock.subscribe, clock.read);
}
