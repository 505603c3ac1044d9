import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { dismiss, toast, undoNewest, useToasts } from './toasts';

it('keeps the newest three and undoes the newest that can be undone', async () => {
  const { result } = renderHook(useToasts);
  const [first, second] = [vi.fn(), vi.fn()];
  act(() => {
    toast('A assigned', { undo: first });
    toast('B assigned', { undo: second });
    toast('C looked at');
    toast('D looked at');
  });
  expect(result.current.map(({ text }) => text)).toEqual([
    'B assigned',
    'C looked at',
    'D looked at',
  ]);
  await act(undoNewest);
  expect(second).toHaveBeenCalledOnce();
  expect(first).not.toHaveBeenCalled();
  await act(undoNewest);
  expect(result.current.at(-1)?.text).toBe('Nothing to undo');
  act(() => {
    for (const { id } of result.current) dismiss(id);
  });
  expect(result.current).toEqual([]);
});
