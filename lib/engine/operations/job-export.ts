import { z } from 'zod';
import type { JobRecord } from '../../core/job.js';
import type { JobDefinition } from '../definition/job-definition.js';
import { parse } from '../definition/parse.js';

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

export function toExport(records: readonly JobRecord[]): JobExport {
  const unfinished = records.filter(({ state }) => state !== 'finished');
  return { version: VERSION, jobs: unfinished.map(toExportedJob) };
}

/** @throws InvalidJobError if it is no export, or of a version that is not known here */
export function readExport(data: unknown): readonly ExportedJob[] {
  // Each job is checked in full when it is added.
  return parse(exportSchema, data, 'export').jobs;
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
