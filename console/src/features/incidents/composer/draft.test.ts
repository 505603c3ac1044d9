import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dropDraft, keepDraft, readDraft, useDraft } from './draft';

const now = Date.parse('2026-11-21T10:18:00Z');
const day = 24 * 3_600_000;

beforeEach(() => localStorage.clear());

describe('a draft', () => {
  it('is found again, apart for each incident and each kind of writing', () => {
    const draft = { ...readDraft('INC1', 'public', now), text: 'All payments', savedAt: now };
    keepDraft('INC1', 'public', draft);
    expect(readDraft('INC1', 'public', now + day)).toEqual(draft);
    expect(readDraft('INC1', 'note', now).text).toBe('');
    expect(readDraft('INC2', 'public', now).text).toBe('');
  });

  it('keeps its key, so that sending it twice is one request', () => {
    const draft = { ...readDraft('INC1', 'public', now), text: 'x', savedAt: now };
    keepDraft('INC1', 'public', draft);
    expect(readDraft('INC1', 'public', now).key).toBe(draft.key);
    dropDraft('INC1', 'public');
    expect(readDraft('INC1', 'public', now).key).not.toBe(draft.key);
  });

  it('is forgotten after a month, and when storage holds something else', () => {
    keepDraft('INC1', 'comment', {
      ...readDraft('INC1', 'comment', now),
      text: 'old',
      savedAt: now,
    });
    expect(readDraft('INC1', 'comment', now + 31 * day).text).toBe('');
    localStorage.setItem('tocsin.draft.INC1.note', '{"text": 4');
    expect(readDraft('INC1', 'note', now).text).toBe('');
  });

  it('is saved when the typing rests, and cleared once it is sent', () => {
    vi.useFakeTimers();
    const { result } = renderHook(() => useDraft('INC1', 'public'));
    act(() => result.current.change({ text: 'All payments' }));
    expect(result.current.saved).toBe(false);
    act(() => vi.advanceTimersByTime(500));
    expect(result.current.saved).toBe(true);
    expect(readDraft('INC1', 'public', Date.now()).text).toBe('All payments');
    act(() => result.current.clear());
    expect(readDraft('INC1', 'public', Date.now()).text).toBe('');
    vi.useRealTimers();
  });
});
