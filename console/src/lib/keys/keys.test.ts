import { afterEach, describe, expect, it, vi } from 'vitest';
import { capsOf, chordOf } from './chord';
import { type Binding, currentBindings, handleKey, openLayer, register } from './registry';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
  document.body.innerHTML = '';
});

function bind(keys: string, more: Partial<Binding> = {}, layer = 0) {
  const run = vi.fn();
  undo.push(register({ layer, read: () => [{ keys, label: keys, run, ...more }] }));
  return run;
}

function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.addEventListener('keydown', (each) => handleKey(each as KeyboardEvent), { once: true });
  target.dispatchEvent(event);
  return event;
}

describe('a chord', () => {
  it.each([
    [{ key: 'Y' }, 'y'],
    [{ key: 'D', shiftKey: true }, 'shift+d'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'k', metaKey: true }, 'mod+k'],
    [{ key: ' ' }, 'Space'],
  ])('of %o is %s', (init, chord) => {
    expect(chordOf(new KeyboardEvent('keydown', init))).toBe(chord);
  });

  it('has caps for each step', () => {
    expect(capsOf('g i')).toEqual(['G', 'I']);
    expect(capsOf('mod+Enter')).toEqual(['Ctrl ↵']);
  });
});

describe('a key', () => {
  it('acts, the newest binding first', () => {
    const older = bind('r');
    const newer = bind('r');
    expect(press('r').defaultPrevented).toBe(true);
    expect(newer).toHaveBeenCalledOnce();
    expect(older).not.toHaveBeenCalled();
  });

  it('acts after another as a sequence', () => {
    const go = bind('g i');
    press('g');
    press('i');
    press('i');
    expect(go).toHaveBeenCalledOnce();
  });

  it('is left alone while somebody types, except with ⌘ or Ctrl', () => {
    document.body.innerHTML = '<input />';
    const input = document.querySelector('input') as Element;
    const letter = bind('r');
    const palette = bind('mod+k');
    press('r', {}, input);
    press('k', { ctrlKey: true }, input);
    expect(letter).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('leaves Enter to links and Space to buttons', () => {
    document.body.innerHTML = '<a href="#x">x</a><button>b</button>';
    const [link, button] = [...document.body.children] as [Element, Element];
    const open = bind('Enter');
    const peek = bind('Space');
    press('Enter', {}, link);
    press(' ', {}, button);
    expect(open).not.toHaveBeenCalled();
    expect(peek).not.toHaveBeenCalled();
    press(' ', {}, link);
    expect(peek).toHaveBeenCalledOnce();
  });

  it('rests below a dialog unless it works everywhere', () => {
    const below = bind('r');
    const everywhere = bind('mod+k', { everywhere: true });
    undo.push(openLayer(1));
    press('r');
    press('k', { metaKey: true });
    expect(below).not.toHaveBeenCalled();
    expect(everywhere).toHaveBeenCalledOnce();
    expect(currentBindings().map(({ keys }) => keys)).toEqual(['mod+k']);
  });

  it('does not act when refused, and acts once while held', () => {
    const refused = bind('h', { refused: 'It is closed already.' });
    const once = bind('y');
    const moving = bind('j', { repeats: true });
    press('h');
    press('y', { repeat: true });
    press('j', { repeat: true });
    expect(refused).not.toHaveBeenCalled();
    expect(once).not.toHaveBeenCalled();
    expect(moving).toHaveBeenCalledOnce();
  });
});
