import { once } from 'node:events';
import { launch } from '../application/launch.js';
import type { ChaosOptions } from '../options.js';

/** Makes the tables of the scheduler, before any node is there. The driver itself has no fault planted in it. */
export async function migrateStore(
  url: string,
  { sabotage }: Pick<ChaosOptions, 'sabotage'>,
): Promise<void> {
  const child = launch('migrate', { url }, sabotage);
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`The tables of the scheduler could not be made: ${output}`);
  }
}
