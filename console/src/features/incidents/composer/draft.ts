import { useCallback, useEffect, useState } from 'react';
import type { Phase, Status } from '@/lib/api';

export type Writing = 'comment' | 'note' | 'public';

/** What somebody has begun to write; it survives a reload, a log-out and a crash of the browser. */
export interface Draft {
  text: string;
  /** Null until somebody chooses one. */
  phase: Phase | null;
  title: string | null;
  impacts: Record<string, Status>;
  keepOpen: boolean;
  /** Makes a second press of the button, or one after a lost answer, the same request. */
  key: string;
  /** The newest public update when the writing began. */
  seen: string | null;
  savedAt: number;
}

const month = 30 * 24 * 3_600_000;
const prefix = 'tocsin.draft.';
const nameOf = (ref: string, writing: Writing) => `${prefix}${ref}.${writing}`;

function blank(): Draft {
  return {
    text: '',
    phase: null,
    title: null,
    impacts: {},
    keepOpen: false,
    key: crypto.randomUUID(),
    seen: null,
    savedAt: 0,
  };
}

/** The draft of an incident, or a blank one; one that is a month old is forgotten. `now` in milliseconds. */
export function readDraft(ref: string, writing: Writing, now: number): Draft {
  try {
    const stored = JSON.parse(localStorage.getItem(nameOf(ref, writing)) ?? 'null');
    if (typeof stored?.text !== 'string' || !(now - stored.savedAt < month)) return blank();
    return { ...blank(), ...stored };
  } catch {
    return blank();
  }
}

/** Keeps a draft; false where the browser has no room or allows no storage. */
export function keepDraft(ref: string, writing: Writing, draft: Draft): boolean {
  try {
    localStorage.setItem(nameOf(ref, writing), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(ref: string, writing: Writing): void {
  try {
    localStorage.removeItem(nameOf(ref, writing));
  } catch {
    // Storage is closed to us: nothing was kept.
  }
}

const pause = 400;

/** A draft under the hand: what is changed is kept when the typing rests, and when the page is left. */
export function useDraft(ref: string, writing: Writing) {
  const [draft, setDraft] = useState(() => readDraft(ref, writing, Date.now()));
  const [saved, setSaved] = useState(draft.savedAt > 0);
  const [touched, setTouched] = useState(false);

  useEffect(() => {
    if (!touched) return;
    const save = () => setSaved(keepDraft(ref, writing, { ...draft, savedAt: Date.now() }));
    const timer = setTimeout(save, pause);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [draft, ref, touched, writing]);

  const change = useCallback((different: Partial<Draft>) => {
    setTouched(true);
    setSaved(false);
    setDraft((before) => ({ ...before, ...different }));
  }, []);

  const clear = useCallback(() => {
    dropDraft(ref, writing);
    setTouched(false);
    setSaved(false);
    setDraft(blank());
  }, [ref, writing]);

  return { draft, change, clear, saved: saved && draft.text !== '' };
}
