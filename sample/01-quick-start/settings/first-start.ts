import { readFile, writeFile } from 'node:fs/promises';

/** The date in `file`; it is now when there is none yet, and stays that from then on. */
export async function rememberFirstStart(file: string): Promise<Date> {
  await writeFile(file, new Date().toISOString(), { flag: 'wx' }).catch(unlessItExists);
  return new Date(await readFile(file, 'utf8'));
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}
