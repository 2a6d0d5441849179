import pg from 'pg';

/** Rows to be made after the pattern of one that is there. */
export interface Copies {
  /** With its schema. */
  readonly table: string;
  /** Which row is the pattern. */
  readonly where: string;
  /** Columns that are not to be copied: SQL for them, in which `n` counts from 1. `default` leaves it to the table. */
  readonly but: Readonly<Record<string, string>>;
  readonly count: number;
}

/** Fills tables with rows that a library would need hours to make, as it would have made them. */
export class Preload {
  private constructor(private readonly client: pg.Client) {}

  static async into(url: string, fill: (preload: Preload) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await fill(new Preload(client));
      await client.query('vacuum analyze');
    } finally {
      await client.end();
    }
  }

  async run(sql: string): Promise<void> {
    await this.client.query(sql);
  }

  async copies({ table, where, but, count }: Copies): Promise<void> {
    const columns = (await this.columnsOf(table)).filter((column) => but[column] !== 'default');
    const values = columns.map((column) => but[column] ?? `pattern.${quoted(column)}`);
    const result = await this.client.query(
      `insert into ${table} (${columns.map(quoted).join(', ')}) overriding system value
       select ${values.join(', ')}
       from (select * from ${table} where ${where} limit 1) pattern, generate_series(1, ${count}) n`,
    );
    if (result.rowCount !== count) {
      throw new Error(`${result.rowCount} rows were added to ${table} instead of ${count}.`);
    }
  }

  private async columnsOf(table: string): Promise<string[]> {
    const { rows } = await this.client.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
       order by attnum`,
      [table],
    );
    return rows.map(({ name }) => name);
  }
}

function quoted(name: string): string {
  return `"${name}"`;
}
