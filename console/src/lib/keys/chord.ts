/** Apple keyboards hold ⌘ where others hold Ctrl; in bindings both are `mod`. */
export const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

const names: Record<string, string> = { ' ': 'Space', Esc: 'Escape' };

/** A key press as bindings write it: "j", "?", "Enter", "mod+k", "shift+j". */
export function chordOf(event: KeyboardEvent): string {
  const single = event.key.length === 1;
  const key = names[event.key] ?? (single ? event.key.toLowerCase() : event.key);
  const letter = single && event.key.toLowerCase() !== event.key.toUpperCase();
  const marks = [
    (event.metaKey || event.ctrlKey) && 'mod',
    event.altKey && 'alt',
    event.shiftKey && (letter || !single) && 'shift',
  ];
  return [...marks.filter(Boolean), key].join('+');
}

const shown: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isApple ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The key caps of a binding: "g i" → ["G", "I"], "mod+k" → ["⌘ K"]. */
export function capsOf(keys: string): string[] {
  return keys.split(' ').map((chord) =>
    chord
      .split('+')
      .map((part) => shown[part] ?? (part.length === 1 ? part.toUpperCase() : part))
      .join(' '),
  );
}

/** The value of aria-keyshortcuts for a binding; sequences have no notation there. */
export function ariaKeys(keys: string): string | undefined {
  if (keys.includes(' ')) return undefined;
  return keys.replace('mod', isApple ? 'Meta' : 'Control').replace('shift', 'Shift');
}
