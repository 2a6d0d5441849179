import type { PoolClient } from 'pg';
import type { SqlNames } from './sql-names.js';
import { Session } from './session.js';

interface Standing {
  readonly level: string;
  readonly readOnly: string;
}

const READ_STANDING = `
  select current_setting('default_transaction_isolation') as level,
    current_setting('transaction_read_only') as "readOnly"`;

/** Looks at each connection of the pool before it is used for the first time. */
export class ConnectionCheck {
  private readonly checked = new WeakMap<PoolClient, boolean>();

  constructor(private readonly sql: SqlNames) {}

  /**
   * Whether statements may stand alone on it, each a transaction of its own: they rely on "read committed", because
   * after waiting for a row they must see it as it is then. Where that is not the default it is not made so for the
   * session either: behind a pooler, the session is that of others too.
   *
   * @throws Error if the server only reads. There a look for work would succeed, and seem to say that all is well
   */
  async allowsPlain(client: PoolClient): Promise<boolean> {
    const known = this.checked.get(client);
    if (known !== undefined) {
      return known;
    }
    const session = new Session(client, this.sql, { own: true, named: false });
    const [standing] = await session.query<Standing>(READ_STANDING, []);
    if (standing?.readOnly === 'on') {
      void client.end().catch(() => undefined);
      throw new Error(
        'the server only reads: it is a standby, or default_transaction_read_only is on',
      );
    }
    const allows = standing?.level === 'read committed';
    this.checked.set(client, allows);
    return allows;
  }
}
