const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (n: number) => String(n).padStart(2, '0');

interface Parts {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

function parts(milliseconds: number): Parts {
  const total = Math.max(0, milliseconds);
  return {
    days: Math.floor(total / day),
    hours: Math.floor((total % day) / hour),
    minutes: Math.floor((total % hour) / minute),
    seconds: Math.floor((total % minute) / second),
  };
}

/** A span in words, two units at most: "45 s", "38 min", "2 h 44 min", "6 h 05 min", "2 d 4 h". */
export function span(milliseconds: number): string {
  const { days, hours, minutes, seconds } = parts(milliseconds);
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return minutes ? `${hours} h ${two(minutes)} min` : `${hours} h`;
  return minutes ? `${minutes} min` : `${seconds} s`;
}

/** A span for narrow columns: "45 s", "26 min", "2 h 03", "1 d". */
export function shortSpan(milliseconds: number): string {
  const { days, hours, minutes, seconds } = parts(milliseconds);
  if (days) return `${days} d`;
  if (hours) return minutes ? `${hours} h ${two(minutes)}` : `${hours} h`;
  return minutes ? `${minutes} min` : `${seconds} s`;
}

/** How long ago, as a phrase: "just now", "4 s ago", "26 min ago". Instants in milliseconds. */
export function ago(at: number, now: number): string {
  if (now - at < second) return 'just now';
  return `${shortSpan(now - at)} ago`;
}
