const shortest = 8;

export interface Strength {
  /** 0 is refused by the server, 4 is as good as it gets. */
  score: 0 | 1 | 2 | 3 | 4;
  words: string;
}

const words = ['too short', 'weak', 'fair', 'good', 'strong'] as const;

function scoreOf(password: string): Strength['score'] {
  const length = [...password].length;
  const distinct = new Set(password).size;
  if (length < shortest || distinct === 1) return 0;
  if (distinct < 5 || length < 10) return 1;
  if (length < 12) return 2;
  return length < 14 || distinct < 8 ? 3 : 4;
}

/** How hard a password is to guess, by length first: a long sentence beats odd signs. */
export function strengthOf(password: string): Strength {
  const score = scoreOf(password);
  return { score, words: `${[...password].length} characters, ${words[score]}` };
}
