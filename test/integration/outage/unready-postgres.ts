import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowsOf } from '../../support/cluster/rows.js';
import type { PrivatePostgres } from '../../support/postgres/index.js';

/** A server that runs and accepts nobody: every client is told that it cannot connect now. */
export class UnreadyPostgres {
  private constructor(
    private readonly directory: string,
    private readonly starting: Promise<void>,
  ) {}

  /** Makes a running server one. */
  static async from(server: PrivatePostgres): Promise<UnreadyPostgres> {
    const [place] = await rowsOf<{ directory: string }>(
      server.url,
      `select current_setting('data_directory') as directory`,
    );
    const directory = place?.directory ?? '';
    await rowsOf(server.url, 'alter system set hot_standby = off');
    await rowsOf(server.url, `copy (select where false) to '${directory}/standby.signal'`);
    await server.stop('fast');
    return new UnreadyPostgres(directory, server.start());
  }

  /** Makes it ready. */
  async promote(): Promise<void> {
    const [pid] = (await readFile(join(this.directory, 'postmaster.pid'), 'utf8')).split('\n');
    await writeFile(join(this.directory, 'promote'), '');
    process.kill(Number(pid), 'SIGUSR1');
    await this.starting;
  }
}
