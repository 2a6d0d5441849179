/**
 * The items of a list; `null` for what is no list, or cannot be read.
 *
 * @param max how many items it may have: a longer one is answered by its length alone, since a length costs nothing
 * to give, but items cost time to read
 */
export function listOf(value: unknown, max: number): readonly unknown[] | number | null {
  try {
    if (!Array.isArray(value)) {
      return null;
    }
    return value.length <= max ? Array.from<unknown>(value) : value.length;
  } catch {
    return null;
  }
}
