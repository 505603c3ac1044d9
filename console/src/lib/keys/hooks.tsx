import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { type Binding, handleKey, openLayer, register } from './registry';

const Layer = createContext(0);

/** Puts bindings in force while the component is shown. */
export function useKeys(bindings: readonly Binding[]): void {
  const layer = useContext(Layer);
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => register({ layer, read: () => latest.current }), [layer]);
}

/** What is inside has its own keys; those below rest until it leaves the screen. */
export function KeyLayer({ children }: { children: ReactNode }) {
  const layer = useContext(Layer) + 1;
  useEffect(() => openLayer(layer), [layer]);
  return <Layer value={layer}>{children}</Layer>;
}

const storageKey = 'tocsin.single-keys';
const watchers = new Set<() => void>();
let singleKeys = readSingleKeys();

function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single letters act (WCAG 2.1.4 asks that they can be switched off), and the switch. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => singleKeys,
  );
  return [on, setSingleKeys];
}

function setSingleKeys(on: boolean) {
  singleKeys = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage is closed to us: the choice lasts until the page is left.
  }
  for (const watcher of watchers) watcher();
}

/** Listens to the keyboard; mounted once, by the providers. */
export function useKeyboard(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handleKey(event, singleKeys);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
