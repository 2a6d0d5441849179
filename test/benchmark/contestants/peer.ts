/**
 * Loads another library. They are not installed with the project, so the compiler does not know them: `T` says what is
 * used of it.
 */
export async function peer<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
