import type { QueryResultRow } from 'pg';
import { encodeRunId } from '../../../lib/engine/view/run-id.js';
import { rowsOf } from '../../support/cluster/rows.js';
import type { JobBook } from '../job-book.js';
import type { Stroke } from '../journal.js';
import type { NodeProcess } from '../node-process.js';
import type { ChaosOptions } from '../options.js';
import type { World } from '../world.js';
import type { AttemptRow, ChangeRow, EffectRow, JobRow, RunKeyRow, RunRow } from './rows.js';

/** All there is to judge by. */
export interface Evidence {
  readonly options: ChaosOptions;
  readonly runs: readonly RunRow[];
  readonly runsByJob: ReadonlyMap<string, readonly RunRow[]>;
  readonly changesByRun: ReadonlyMap<string, readonly ChangeRow[]>;
  readonly attempts: readonly AttemptRow[];
  readonly effects: readonly EffectRow[];
  readonly effectsByRun: ReadonlyMap<string, readonly EffectRow[]>;
  readonly jobs: readonly JobRow[];
  readonly orders: readonly string[];
  /** The process of each node id. */
  readonly processOf: ReadonlyMap<string, NodeProcess>;
  readonly processes: readonly NodeProcess[];
  readonly strokes: readonly Stroke[];
  readonly book: JobBook;
  readonly toldTwice: readonly string[];
  /** When everything was punctual again, or should have been. */
  readonly settledAt: number;
}

const ms = (column: string): string => `extract(epoch from ${column})::float8 * 1000`;

export async function gatherEvidence(world: World, settledAt: number): Promise<Evidence> {
  const read = <Row extends QueryResultRow>(text: string): Promise<Row[]> =>
    rowsOf<Row>(world.url, text);
  const runs = withRunId(
    await read<Omit<RunRow, 'runId'>>(
      `select r.job_uid::text as uid, round(${ms('r.scheduled_at')}) as "scheduledAt", r.seq, j.id as "jobId", j.handler,
         r.state::text, r.attempt, r.count::integer, round(${ms('r.until')}) as until, r.reason,
         (r.result->>'attempt')::integer as "resultOf", r.error->>'message' as error, r.node_id::text as "nodeId"
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid
       order by r.job_uid, r.scheduled_at, r.seq`,
    ),
  );
  const changes = withRunId(
    await read<Omit<ChangeRow, 'runId'>>(
      `select job_uid::text as uid, round(${ms('scheduled_at')}) as "scheduledAt", seq, ${ms('at')} as at,
         old_state as "oldState", new_state as "newState", old_node::text as "oldNode",
         new_node::text as "newNode", attempt, ${ms('start_at')} as "startAt", reason
       from chaos.change order by n`,
    ),
  );
  const effects = await read<EffectRow>(
    'select run_id as "runId", attempt, label from chaos.effect order by n',
  );
  return {
    options: world.options,
    runs,
    runsByJob: grouped(runs, (run) => run.jobId),
    changesByRun: grouped(changes, (change) => change.runId),
    attempts: await read<AttemptRow>(
      `select job_id as "jobId", run_id as "runId", ${ms('scheduled_at')} as "scheduledAt", attempt, pid, label,
         ${ms('started_at')} as "startedAt", ${ms('finished_at')} as "finishedAt", how
       from chaos.attempt order by started_at`,
    ),
    effects,
    effectsByRun: grouped(effects, (effect) => effect.runId),
    jobs: await read<JobRow>(
      `select uid::text, id, removed_at is not null as "isRemoved" from scheduler.job order by uid`,
    ),
    orders: (await read<{ id: string }>('select id from chaos.placed_order')).map(({ id }) => id),
    processOf: processesByNode(
      world.fleet.all,
      await read<NodeRow>(
        `select id::text, pid, ${ms('started_at')} as "startedAt" from scheduler.node`,
      ),
    ),
    processes: world.fleet.all,
    strokes: world.journal.strokes,
    book: world.book,
    toldTwice: world.outcomes.toldTwice,
    settledAt,
  };
}

interface NodeRow {
  readonly id: string;
  readonly pid: number;
  readonly startedAt: number;
}

/** The system gives the number of a process to another one some day. */
function processesByNode(
  processes: readonly NodeProcess[],
  nodes: readonly NodeRow[],
): Map<string, NodeProcess> {
  const found = new Map<string, NodeProcess>();
  for (const { id, pid, startedAt } of nodes) {
    const process = processes.find(
      (candidate) =>
        candidate.pid === pid &&
        candidate.startedAt <= startedAt &&
        startedAt <= (candidate.exitedAt ?? Infinity),
    );
    if (process) {
      found.set(id, process);
    }
  }
  return found;
}

function withRunId<Row extends RunKeyRow>(rows: readonly Row[]): (Row & { runId: string })[] {
  return rows.map((row) => ({
    ...row,
    runId: encodeRunId('default', { ...row, jobUid: row.uid }),
  }));
}

function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return groups;
}
