/** A corner of a drawn line, in pixels. */
export interface Corner {
  x: number;
  y: number;
}

interface Room {
  /** Where a label may begin and must end. */
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface LabelPlace {
  x: number;
  /** Its baseline. */
  y: number;
}

const letter = 6.2;
const above = { rise: 6, from: -18, to: -2 };
const below = { rise: -16, from: 2, to: 20 };
const tries = 60;
const clear = 3;

/**
 * Where the label of a level line at `y` covers none of the drawn lines: as far left as it goes, on
 * the wished side first. Where every place is crossed, the least crossed one.
 */
export function placeLabel(
  words: string,
  y: number,
  lines: readonly (readonly Corner[])[],
  room: Room,
  wished: 'above' | 'below',
): LabelPlace {
  const long = words.length * letter;
  const last = Math.max(room.left, room.right - long);
  const sides = (wished === 'above' ? [above, below] : [below, above]).filter(
    ({ from, to }) => y + from >= room.top && y + to <= room.bottom,
  );
  let best = { crossed: Number.POSITIVE_INFINITY, x: room.left, y: y - above.rise };
  for (const side of sides.length > 0 ? sides : [above]) {
    for (let n = 0; n <= tries; n += 1) {
      const x = room.left + ((last - room.left) * n) / tries;
      const box = { from: x - clear, to: x + long + clear, top: y + side.from, low: y + side.to };
      const crossed = lines.reduce((sum, line) => sum + within(line, box), 0);
      if (crossed === 0) return { x, y: y - side.rise };
      if (crossed < best.crossed) best = { crossed, x, y: y - side.rise };
    }
  }
  return { x: best.x, y: best.y };
}

interface Box {
  from: number;
  to: number;
  top: number;
  low: number;
}

/** How much of a line lies in a box, in pixels along the x axis; a little for one that is steep. */
function within(line: readonly Corner[], box: Box): number {
  let sum = 0;
  for (let n = 1; n < line.length; n += 1) {
    const [a, b] = [line[n - 1] as Corner, line[n] as Corner];
    const from = Math.max(a.x, box.from);
    const to = Math.min(b.x, box.to);
    if (from > to) continue;
    const heightAt = (x: number) => a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x || 1);
    const [high, low] = [heightAt(from), heightAt(to)].toSorted((p, q) => p - q) as [
      number,
      number,
    ];
    if (low >= box.top && high <= box.low) sum += to - from + 1;
  }
  return sum;
}
