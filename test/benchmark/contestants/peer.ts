interface Peers {
  readonly load: (name: string) => Promise<unknown>;
}

/**
 * Loads another library. They are not installed with the project, so the compiler does not know them: `T` says what is
 * used of it.
 */
export async function peer<T>(name: string): Promise<T> {
  const { load } = (await import(process.env.BENCHMARK_PEERS ?? '')) as Peers;
  return (await load(name)) as T;
}
