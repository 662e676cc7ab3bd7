// Adding up the terms of an equation, `[key, sign]` as the form declares them.

/** Of these terms: their signed numbers, what the known ones come to, and the terms that are unknown. */
export function addUp(terms, numberOf) {
  const numbers = terms.map(([key, sign]) => {
    const number = numberOf(key);
    return number === null ? null : sign * number;
  });
  const unknown = terms.filter((_term, place) => numbers[place] === null);
  return { numbers, sum: numbers.reduce((total, number) => total + (number ?? 0), 0), unknown };
}
