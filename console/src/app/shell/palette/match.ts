/** A run of characters that matched, half-open. */
export type Range = readonly [from: number, to: number];

function wordStarts(text: string): number[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index);
}

function place(text: string, word: string): number {
  const atWord = wordStarts(text).find((start) => text.startsWith(word, start));
  return atWord ?? text.indexOf(word);
}

/** Where every word of the query stands in the text, or null when one is missing; beginnings of words first. */
export function match(text: string, query: string): Range[] | null {
  const low = text.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranges = words.map((word): Range => {
    const from = place(low, word);
    return [from, from + word.length];
  });
  if (ranges.some(([from]) => from < 0)) return null;
  return merged(ranges.toSorted((a, b) => a[0] - b[0]));
}

function merged(ranges: readonly Range[]): Range[] {
  const done: Range[] = [];
  for (const [from, to] of ranges) {
    const last = done.at(-1);
    if (last && from <= last[1]) done[done.length - 1] = [last[0], Math.max(last[1], to)];
    else done.push([from, to]);
  }
  return done;
}

/** The text cut into pieces that matched and pieces that did not. */
export function pieces(text: string, ranges: readonly Range[]): { text: string; hit: boolean }[] {
  const cuts: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    cuts.push(
      { text: text.slice(at, from), hit: false },
      { text: text.slice(from, to), hit: true },
    );
    at = to;
  }
  cuts.push({ text: text.slice(at), hit: false });
  return cuts.filter(({ text: piece }) => piece !== '');
}

/** How good a match is, smaller is better: the beginning of the text, then of a word, then shorter texts. */
export function weight(text: string, ranges: readonly Range[]): number {
  const first = ranges[0]?.[0] ?? 0;
  return (first === 0 ? 0 : wordStarts(text).includes(first) ? 1000 : 2000) + text.length;
}
