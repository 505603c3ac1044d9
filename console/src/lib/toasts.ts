import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'refused' | 'failed';
  undo?: () => void | Promise<void>;
}

/** How long a toast stays, in milliseconds; the time in which Z undoes. */
export const toastLife = 10_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what happened, past tense: `toast('INC0000236 assigned', { undo })`. The newest three stay. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'undo'>> = {}): number {
  lastId += 1;
  replace([...toasts, { id: lastId, text, tone: 'done' as const, ...options }].slice(-3));
  return lastId;
}

export function dismiss(id: number): void {
  replace(toasts.filter((each) => each.id !== id));
}

/** Takes back the newest toast that can be; says so when there is nothing to undo. */
export async function undoNewest(): Promise<void> {
  const newest = toasts.findLast((each) => each.undo);
  if (!newest?.undo) return void toast('Nothing to undo', { tone: 'refused' });
  dismiss(newest.id);
  await newest.undo();
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
