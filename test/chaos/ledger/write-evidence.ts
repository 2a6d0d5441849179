import { writeFile } from 'node:fs/promises';
import { rowsOf } from '../../support/cluster/rows.js';
import type { World } from '../world.js';

const TABLES = [
  'chaos.attempt',
  'chaos.change',
  'chaos.effect',
  'chaos.placed_order',
  'scheduler.due',
  'scheduler.job',
  'scheduler.node',
  'scheduler.run',
];

/** Everything as it is, for people who look into a breach. */
export async function writeEvidence(world: World, file: string): Promise<void> {
  const tables: Record<string, unknown> = {};
  for (const table of TABLES) {
    tables[table] = await rowsOf(world.url, `select * from ${table}`);
  }
  const processes = world.fleet.all.map((node) => ({
    label: node.settings.label,
    release: node.settings.release,
    pid: node.pid,
    startedAt: node.startedAt,
    readyAt: node.readyAt,
    ending: node.ending,
    endedAt: node.endedAt,
    exitedAt: node.exitedAt,
    freezes: node.freezes,
    output: node.output,
  }));
  const jobs = [...world.book.recurring.values()];
  const { strokes } = world.journal;
  await writeFile(file, JSON.stringify({ strokes, processes, jobs, tables }));
}
