import { escapeLiteral } from 'pg';
import type { Client } from 'pg';

/** A node of a plan as `explain (format json)` gives it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How a statement read a table: by which means, and how many rows it came by. */
export interface Access {
  readonly how: string;
  readonly table: string;
  readonly index: string | undefined;
  readonly rows: number;
}

/** Whether the server plans for the very values, or, as it does in the long run, once for any. */
export type PlanMode = 'force_custom_plan' | 'force_generic_plan';

/** A connection that explains the statements that it carries out. */
export class ExplainingClient {
  readonly accesses: Access[] = [];

  constructor(
    private readonly client: Client,
    private readonly mode: PlanMode,
  ) {}

  /** What a session calls. The reply has no rows. */
  async query(statement: { text: string; values: unknown[] }): Promise<{ rows: never[] }> {
    const values = statement.values.map((value) =>
      value === null ? 'null' : escapeLiteral(`${value as string | number}`),
    );
    await this.client.query(`set local plan_cache_mode = ${this.mode}; set local jit = off`);
    await this.client.query(`prepare explained as ${statement.text}`);
    const { rows } = await this.client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (analyze, format json) execute explained (${values.join(', ')})`,
    );
    await this.client.query('deallocate explained');
    for (const row of rows) {
      this.collect(row['QUERY PLAN'][0].Plan);
    }
    return { rows: [] };
  }

  private collect(node: PlanNode): void {
    if (node['Node Type'].includes('Scan') && node['Relation Name'] !== undefined) {
      this.accesses.push({
        how: node['Node Type'],
        table: node['Relation Name'],
        index: node['Index Name'],
        rows: (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      });
    }
    node.Plans?.forEach((child) => this.collect(child));
  }
}
