import { useCallback, useMemo, useRef, useState } from 'react';
import { useKeys } from '@/lib/keys';

interface Options {
  onOpen?: (id: string) => void;
  /** Space: a look without leaving the list. */
  onPeek?: (id: string) => void;
  /** Rows can be selected with X; off for lists without verbs. */
  selectable?: boolean;
}

/** What one row needs to draw and behave itself; made by `row(id)`. */
export interface RowState {
  id: string;
  cursor: boolean;
  selected: boolean;
  toggle: (() => void) | null;
  take: () => void;
  element: (element: HTMLElement | null) => void;
}

/** A cursor over rows by keys: J K move, X select, Space peek, Enter open, Escape clears the selection. */
export function useRowCursor(ids: readonly string[], options: Options = {}) {
  const { onOpen, onPeek, selectable = true } = options;
  const [cursor, setCursor] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const elements = useRef(new Map<string, HTMLElement>());
  const selected = useMemo(() => ids.filter((id) => chosen.has(id)), [ids, chosen]);

  function move(by: number) {
    const from = cursor === null ? -1 : ids.indexOf(cursor);
    const to = from < 0 ? (by > 0 ? 0 : ids.length - 1) : from + by;
    const id = ids[Math.min(Math.max(to, 0), ids.length - 1)];
    if (id === undefined) return;
    setCursor(id);
    const element = elements.current.get(id);
    element?.scrollIntoView({ block: 'nearest' });
    element?.querySelector<HTMLElement>('[data-row-link]')?.focus({ preventScroll: true });
  }

  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const atCursor = (act?: (id: string) => void) => () => {
    if (cursor !== null && ids.includes(cursor)) act?.(cursor);
  };

  useKeys([
    {
      keys: 'j',
      label: 'Next row',
      group: 'Move',
      silent: true,
      repeats: true,
      run: () => move(1),
    },
    {
      keys: 'k',
      label: 'Previous row',
      group: 'Move',
      silent: true,
      repeats: true,
      run: () => move(-1),
    },
    ...(onOpen
      ? [
          {
            keys: 'Enter',
            label: 'Open',
            group: 'Move' as const,
            silent: true,
            run: atCursor(onOpen),
          },
        ]
      : []),
    ...(onPeek
      ? [
          {
            keys: 'Space',
            label: 'Peek',
            group: 'Move' as const,
            silent: true,
            run: atCursor(onPeek),
          },
        ]
      : []),
    ...(selectable
      ? [
          {
            keys: 'x',
            label: 'Select',
            group: 'Move' as const,
            silent: true,
            run: atCursor(toggle),
          },
        ]
      : []),
    ...(selected.length
      ? [{ keys: 'Escape', label: 'Clear selection', group: 'Move' as const, run: clear }]
      : []),
  ]);

  const row = (id: string): RowState => ({
    id,
    cursor: id === cursor,
    selected: chosen.has(id),
    toggle: selectable ? () => toggle(id) : null,
    take: () => setCursor(id),
    element: (element) => {
      if (element) elements.current.set(id, element);
      else elements.current.delete(id);
    },
  });

  return { cursor, selected, row, clear };
}
