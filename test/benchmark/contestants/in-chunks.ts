/** Splits what is to be made one after the other, so that no statement gets too long. */
export function* inChunks<T>(
  count: number,
  size: number,
  make: (index: number) => T,
): Iterable<T[]> {
  for (let start = 0; start < count; start += size) {
    yield Array.from({ length: Math.min(size, count - start) }, (_, place) => make(start + place));
  }
}
