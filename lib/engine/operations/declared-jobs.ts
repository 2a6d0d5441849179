import { ConflictingJobIdError } from '../../core/errors/conflicting-job-id.error.js';
import type { JobRecord } from '../../core/job.js';
import type { JobDeclaration } from '../definition/job-definition.js';
import type { PreparedJob } from '../definition/job-factory.js';
import type { StoreHost } from '../node/store-host.js';
import type { JobOperations, OperationEvent } from './job-operations.js';

/** Jobs that are looked up or added at a time. */
const BATCH = 1000;

/** A declared job as it is stored now. */
export interface ReconciledJob {
  readonly declaration: JobDeclaration;
  readonly record: JobRecord;
  readonly change: 'added' | 'changed' | 'unchanged';
}

/** What there is to tell of a declared job. */
export function reconciledEvents(
  store: string,
  { record: { id, state }, change }: ReconciledJob,
): OperationEvent[] {
  if (change === 'unchanged') {
    return [];
  }
  const told: OperationEvent[] = [
    { type: change === 'added' ? 'job.added' : 'job.modified', jobId: id, store },
  ];
  return state === 'finished' ? [...told, { type: 'job.finished', jobId: id, store }] : told;
}

/** Who is told of each job as it is settled. */
type Listener = (host: StoreHost, job: ReconciledJob) => void;

interface Declared {
  readonly declaration: JobDeclaration;
  readonly prepared: PreparedJob;
}

/**
 * Makes the stored jobs what the code declares. A declaration that is stored already is left alone, to the version:
 * next instant, pause and history stay.
 */
export async function reconcileDeclared(
  operations: JobOperations,
  declarations: readonly JobDeclaration[],
  listener: Listener,
): Promise<void> {
  const declared = declarations.map((declaration) => ({
    declaration,
    prepared: operations.prepare(declaration.definition, 'code'),
  }));
  const byJob = new Map(declared.map((item) => [item.prepared, item]));
  for (const [host, jobs] of operations.byStore([...byJob.keys()])) {
    const items = jobs.flatMap((job) => byJob.get(job) ?? []);
    for (let start = 0; start < items.length; start += BATCH) {
      await reconcileBatch(host, operations, items.slice(start, start + BATCH), listener);
    }
  }
}

async function reconcileBatch(
  host: StoreHost,
  operations: JobOperations,
  batch: readonly Declared[],
  listener: Listener,
): Promise<void> {
  const ids = batch.map(({ prepared }) => prepared.job.id);
  const present = await host.ask((store) =>
    store.listJobs({ ids }, { after: null, limit: ids.length }),
  );
  const stored = new Map(present.map((record) => [record.id, record]));
  const missing = batch.filter(({ prepared }) => !stored.has(prepared.job.id));
  const added = await addMissing(host, missing);
  for (const item of batch) {
    const { id } = item.prepared.job;
    const fresh = added.get(id);
    const { declaration } = item;
    if (fresh) {
      listener(host, { declaration, record: fresh, change: 'added' });
    } else {
      listener(host, await reconcileOne(host, operations, item, stored.get(id)));
    }
  }
}

/** Adds what is not stored; nothing, if another node that starts just now was faster with one of them. */
async function addMissing(
  host: StoreHost,
  missing: readonly Declared[],
): Promise<ReadonlyMap<string, JobRecord>> {
  if (missing.length === 0) {
    return new Map();
  }
  try {
    const jobs = missing.map(({ prepared }) => prepared.job);
    const records = await host.ask((store) => store.addJobs(jobs));
    return new Map(records.map((record) => [record.id, record]));
  } catch (error) {
    if (error instanceof ConflictingJobIdError) {
      return new Map();
    }
    throw error;
  }
}

async function reconcileOne(
  host: StoreHost,
  operations: JobOperations,
  { declaration, prepared }: Declared,
  seen: JobRecord | undefined,
): Promise<ReconciledJob> {
  const { job } = prepared;
  const isSame = seen?.fingerprint === job.fingerprint && seen.origin === 'code';
  if (isSame && seen.state !== 'parked') {
    return { declaration, record: seen, change: 'unchanged' };
  }
  const redefinition = operations.redefinition(prepared);
  for (;;) {
    let changed = false;
    const edited = await host.ask((store) =>
      store.editJob(job.id, (record, now) => {
        const change = redefinition(record, now);
        changed = change !== null;
        return change;
      }),
    );
    if (edited) {
      return { declaration, record: edited, change: changed ? 'changed' : 'unchanged' };
    }
    const added = (await addMissing(host, [{ declaration, prepared }])).get(job.id);
    if (added) {
      return { declaration, record: added, change: 'added' };
    }
  }
}
