import { z } from 'zod';
import type { JobRecord } from '../../core/job.js';
import type { JobDefinition, JobFilterOptions } from '../definition/job-definition.js';
import { parse } from '../definition/parse.js';
import type { Job } from '../view/job.js';
import type { JobOperations } from './job-operations.js';
import type { JobQueries } from './job-queries.js';

/**
 * Jobs as plain JSON, to be kept or moved; without their history, and without those that are finished.
 *
 * @publicApi
 */
export interface JobExport {
  readonly version: 1;
  readonly jobs: readonly ExportedJob[];
}

/** A job in an export: its definition, with its next instant as ISO text, `null` when it is paused or has none. */
export type ExportedJob = JobDefinition & { readonly id: string };

/** Version of the form that is written here; others are refused. */
const VERSION = 1;

const asGiven = { error: 'Give what exportJobs() gave.' };

const exportSchema = z.object(
  {
    version: z.literal(VERSION, {
      error: `Only version ${VERSION} of the export can be read here.`,
    }),
    jobs: z.array(
      z.custom<ExportedJob>((job) => typeof job === 'object' && job !== null, asGiven),
      asGiven,
    ),
  },
  asGiven,
);

/** How an export is read in. */
export interface ImportOptions {
  /** Replaces jobs of the same ids. Default: `false`. */
  readonly replaceExisting?: boolean;
  /** Alias of the store to put them into. Default: `default`. */
  readonly store?: string;
}

export async function exportJobs(
  queries: JobQueries,
  filter?: JobFilterOptions,
): Promise<JobExport> {
  const found = await queries.matching(filter);
  const unfinished = found
    .flatMap(([, records]) => records)
    .filter(({ state }) => state !== 'finished');
  return { version: VERSION, jobs: unfinished.map(toExportedJob) };
}

/** @throws InvalidJobError if it is no export, or of a version that is not known here; and the errors of `addJobs` */
export async function importJobs(
  operations: JobOperations,
  data: unknown,
  { replaceExisting = false, ...options }: ImportOptions = {},
): Promise<readonly Job[]> {
  // Each job is checked in full when it is added.
  const { jobs } = parse(exportSchema, data, 'export');
  return operations.addJobs(
    jobs.map((job) => ({ ...job, replaceExisting })),
    options,
  );
}

function toExportedJob(record: JobRecord): ExportedJob {
  const { id, name, handler, executor, args, trigger, priority, tags, metadata } = record;
  const { coalesce, overlap, maxInstances, misfireGraceTime, maxCatchUp, recovery } = record;
  return {
    id,
    name,
    handler,
    executor,
    args,
    trigger,
    priority,
    tags,
    metadata,
    coalesce,
    overlap,
    maxInstances,
    misfireGraceTime,
    maxCatchUp,
    recovery,
    ...(record.nextFireAt !== null && { nextFireAt: new Date(record.nextFireAt).toISOString() }),
    ...(record.state === 'paused' && { enabled: false }),
  };
}
