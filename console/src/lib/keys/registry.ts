import { toast } from '../toasts';
import { chordOf } from './chord';

export type KeyGroup = 'Move' | 'Do' | 'Write' | 'Go' | 'Everywhere';

export interface Binding {
  /** A chord ("y", "mod+k", "Enter") or two in a row ("g i"). */
  keys: string;
  /** What it does, as the key sheet and the palette say it. */
  label: string;
  run: () => void;
  group?: KeyGroup;
  /** Why it cannot be done now; pressing the key says so instead of acting. */
  refused?: string | null;
  /** Acts again while the key is held down. */
  repeats?: boolean;
  /** Works while a dialog is open too. */
  everywhere?: boolean;
  /** Kept out of the palette, as moving a cursor is no command. */
  silent?: boolean;
}

interface Registration {
  layer: number;
  read: () => readonly Binding[];
}

const registrations: Registration[] = [];
const layers: number[] = [0];
const sequencePause = 900;
let begun: { chord: string; at: number } | null = null;

const top = () => Math.max(...layers);

/** Adds bindings to a layer; the newest wins where two share a key. Returns the removal. */
export function register(registration: Registration): () => void {
  registrations.push(registration);
  return () => {
    registrations.splice(registrations.indexOf(registration), 1);
  };
}

/** Opens a layer, as a dialog does: keys of the layers below rest until it closes. */
export function openLayer(layer: number): () => void {
  layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
  };
}

/** The bindings in force, newest first, one per key. */
export function currentBindings(layer = top()): Binding[] {
  const seen = new Set<string>();
  return registrations
    .toReversed()
    .flatMap((each) => each.read().filter((b) => b.everywhere || each.layer === layer))
    .filter(({ keys }) => !seen.has(keys) && seen.add(keys));
}

const typing =
  'input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable=true]';
const takesEnter = 'a, button, input, select, summary, [role=option], [role=menuitem]';
const takesSpace = 'button, input, select, summary, [role=option], [role=menuitem]';

function belongsToTarget(event: KeyboardEvent, chord: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (target.closest(typing)) return !chord.startsWith('mod+') && chord !== 'Escape';
  if (chord === 'Enter') return target.closest(takesEnter) !== null;
  return chord === 'Space' && target.closest(takesSpace) !== null;
}

function find(chord: string, at: number): Binding | undefined {
  const bindings = currentBindings();
  const pending = begun && at - begun.at < sequencePause ? `${begun.chord} ${chord}` : null;
  begun = null;
  const second = pending && bindings.find(({ keys }) => keys === pending);
  if (second) return second;
  if (bindings.some(({ keys }) => keys.startsWith(`${chord} `))) begun = { chord, at };
  return bindings.find(({ keys }) => keys === chord);
}

/** One handler for the whole window; `singleKeys` false leaves only chords with a modifier. */
export function handleKey(event: KeyboardEvent, singleKeys = true): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  if (belongsToTarget(event, chord)) return;
  if (!singleKeys && chord.length === 1 && chord !== '?') return;
  const binding = find(chord, event.timeStamp);
  if (!binding || (event.repeat && !binding.repeats)) return;
  event.preventDefault();
  if (binding.refused) toast(binding.refused, { tone: 'refused' });
  else binding.run();
}
