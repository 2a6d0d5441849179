import type { SchedulerEvent } from '../../core/events.js';
import type { RunKey } from '../../core/run.js';
import { decodeRunId, isInstant, isSequence } from '../view/run-id.js';

/** Events of runs: those that processes tell each other. */
export type RunEvent = Extract<SchedulerEvent, { readonly runId: string }>;

const TYPES: readonly string[] = [
  'job.submitted',
  'job.started',
  'job.progress',
  'job.executed',
  'job.error',
  'job.missed',
  'job.max_instances',
  'job.cancelled',
  'job.abandoned',
] satisfies readonly RunEvent['type'][];

/** That something happened to a run, without what is on record of it. */
export interface Notice {
  /** Who says so. A process hears what it says itself, too. */
  readonly source: string;
  readonly type: RunEvent['type'];
  readonly nodeId: string;
  readonly at: number;
  readonly key: RunKey;
  /** 0 where the event is of no attempt. */
  readonly attempt: number;
  readonly reason: string | null;
}

export function noticeOf(source: string, event: RunEvent): Notice | null {
  const run = decodeRunId(event.runId);
  return (
    run && {
      source,
      type: event.type,
      nodeId: event.nodeId,
      at: event.at.getTime(),
      key: run.key,
      attempt: 'attempt' in event ? event.attempt : 0,
      reason: 'reason' in event ? event.reason : null,
    }
  );
}

/** Several have to fit into what a store can send at once. */
const LONGEST_REASON = 200;

export function encodeNotice({ source, type, nodeId, at, key, attempt, reason }: Notice): string {
  const { jobUid, scheduledAt, seq } = key;
  const why = reason?.slice(0, LONGEST_REASON) ?? null;
  return JSON.stringify([source, type, nodeId, at, jobUid, scheduledAt, seq, attempt, why]);
}

/** `null` for what was never encoded by this version: anybody may write to a channel. */
export function decodeNotice(text: string): Notice | null {
  const [source, type, nodeId, at, jobUid, scheduledAt, seq, attempt, reason] = fieldsOf(text);
  const isNotice =
    typeof source === 'string' &&
    TYPES.includes(String(type)) &&
    typeof nodeId === 'string' &&
    isInstant(at) &&
    typeof jobUid === 'string' &&
    isInstant(scheduledAt) &&
    isSequence(seq) &&
    isSequence(attempt) &&
    (reason === null || typeof reason === 'string');
  return isNotice
    ? {
        source,
        type: type as RunEvent['type'],
        nodeId,
        at,
        key: { jobUid, scheduledAt, seq },
        attempt,
        reason,
      }
    : null;
}

function fieldsOf(text: string): readonly unknown[] {
  try {
    const fields: unknown = JSON.parse(text);
    return Array.isArray(fields) ? fields : [];
  } catch {
    return [];
  }
}
