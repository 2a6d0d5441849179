const MOST = 10;

/** `a, b, c and 7 more`: enough of a list for an error's text. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) {
    return 'none';
  }
  const shown = names.slice(0, MOST).join(', ');
  return names.length > MOST ? `${shown} and ${names.length - MOST} more` : shown;
}
