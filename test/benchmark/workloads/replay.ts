import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Figures } from '../harness/protocol.js';
import type { LogEntry, LoggedStatement } from '../harness/statement-log.js';

interface Settings {
  readonly url: string;
  /** What `StatementLog` wrote of a drain. */
  readonly log: string;
  readonly count: number;
}

/** Nothing is made of what the server answers. */
const AS_IT_COMES = { getTypeParser: () => (value: string) => value };

/**
 * Sends what a drain sent, over as many connections, without a scheduler in between. Each statement goes out as soon
 * as those have been answered that had been answered before it then: so the server has the same to do in the same
 * order, and as much of it at once.
 */
export async function replay({ url, log, count }: Settings): Promise<Figures> {
  const entries = await readLog(log);
  const connections = await connectAll(url, entries);
  const answers = new Map<number, Promise<boolean>>();
  const marks: number[] = [];
  const cpu: NodeJS.CpuUsage[] = [];
  for (const entry of entries) {
    if (entry.type === 'mark') {
      marks.push(performance.now());
      cpu.push(process.cpuUsage(cpu.at(-1)));
    } else if (entry.type === 'sent') {
      answers.set(entry.id, send(connections.get(entry.connection), entry.statement));
    } else if ((await answers.get(entry.id)) === entry.failed) {
      throw new Error(`Statement ${entry.id} of the log has another end than it had.`);
    }
  }
  await requireDrained(url, count);
  await Promise.all([...connections.values()].map((client) => client.end()));
  const [begin = 0, end = 0] = marks;
  const seconds = (end - begin) / 1000;
  const { user = 0, system = 0 } = cpu[1] ?? {};
  return { perSecond: count / seconds, seconds, cpuSeconds: (user + system) / 1e6 };
}

async function readLog(file: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    entries.push(JSON.parse(line) as LogEntry);
  }
  return entries;
}

async function connectAll(
  url: string,
  entries: readonly LogEntry[],
): Promise<Map<number, pg.Client>> {
  const connections = new Map<number, pg.Client>();
  for (const entry of entries) {
    if (entry.type === 'sent' && !connections.has(entry.connection)) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      connections.set(entry.connection, client);
    }
  }
  return connections;
}

/** Whether it succeeded. */
async function send(
  client: pg.Client | undefined,
  { name, text, values = [] }: LoggedStatement,
): Promise<boolean> {
  // Several commands in one text go without parameters only.
  const parameters = values.length > 0 || name !== undefined ? { values: [...values] } : {};
  try {
    await client?.query({
      ...(name === undefined ? {} : { name }),
      text,
      ...parameters,
      types: AS_IT_COMES,
    });
    return true;
  } catch {
    return false;
  }
}

/** It measured nothing if the statements did not do what they had done. */
async function requireDrained(url: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer as count from scheduler.run where state = 'succeeded'`,
  );
  await client.end();
  if (rows[0]?.count !== count) {
    throw new Error(`${rows[0]?.count} runs are on record instead of ${count}.`);
  }
}
