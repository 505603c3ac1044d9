const shortest = 8;

export interface Rule {
  words: string;
  kept: boolean;
}

/** The two rules of a new password, as the server checks them, and whether each is kept so far. */
export function passwordRules(password: string, email: string): Rule[] {
  const signs = [...password.normalize('NFKC')];
  const obvious = new Set(signs).size < 2 || signs.join('').toLowerCase() === email;
  return [
    { words: '8 characters or more; a long sentence is best', kept: signs.length >= shortest },
    { words: 'not your e-mail, and not one sign repeated', kept: !obvious },
  ];
}
