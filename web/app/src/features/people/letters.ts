/** People under one letter. */
export interface Letter<T> {
  readonly letter: string;
  readonly people: readonly T[];
}

/** Sorts people by name as the language does, under their first letters; what is no letter comes last, under `#`. */
export function byLetter<T>(people: readonly T[], nameOf: (one: T) => string, locale: string): Letter<T>[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const letters = new Map<string, T[]>();
  for (const one of people.toSorted((a, b) => compare(nameOf(a), nameOf(b)))) {
    const letter = letterOf(nameOf(one), locale);
    const under = letters.get(letter);
    if (under) under.push(one);
    else letters.set(letter, [one]);
  }
  const rank = (letter: string) => (letter === '#' ? 1 : 0);
  return [...letters]
    .map(([letter, people]) => ({ letter, people }))
    .toSorted((a, b) => rank(a.letter) - rank(b.letter));
}

function letterOf(name: string, locale: string): string {
  const [first = ''] = name.trim().normalize('NFD');
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase(locale) : '#';
}
