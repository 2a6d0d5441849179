import type { NodeSkills, WorkRequest } from '../../core/fire.js';
import type { JobRecord } from '../../core/job.js';
import { MinHeap } from '../../core/min-heap.js';

/** A row in a lane. Superseded entries stay in the heap until they come up: that is cheaper than taking them out. */
interface Entry<T> {
  readonly at: number;
  readonly row: T;
}

interface Lane<T> {
  readonly handler: string;
  readonly executor: string;
  readonly priority: number;
  readonly heap: MinHeap<Entry<T>>;
}

/** Least share of a request that a level of priority gets when higher levels could fill it alone. */
const LEAST_SHARE = 8;

/**
 * Rows in order of time, kept apart by handler, executor and priority: a node reaches what it can work on without
 * walking past anything else.
 */
export class Lanes<T> {
  private readonly lanes: Lane<T>[] = [];
  /** The same by handler, executor and priority. */
  private readonly byParts = new Map<string, Map<string, Map<number, Lane<T>>>>();
  private readonly entries = new Map<T, Entry<T>>();

  /** Files a row under the time at which it is up, in place of where it was; `null`: it is up no more. */
  file(row: T, job: JobRecord, at: number | null): void {
    if (at === null) {
      this.entries.delete(row);
      return;
    }
    const entry = { at, row };
    this.entries.set(row, entry);
    this.laneOf(job).heap.push(at, entry);
  }

  /**
   * Takes out the rows that are up by `until`: higher priorities first, but some of each level.
   * The caller files each of them again.
   */
  pull(request: WorkRequest, until: number): T[] {
    if (request.limit < 1) {
      return [];
    }
    const levels = new Map<number, Lane<T>[]>();
    for (const lane of this.matching(request)) {
      if ((this.head(lane) ?? Infinity) <= until) {
        levels.set(lane.priority, [...(levels.get(lane.priority) ?? []), lane]);
      }
    }
    const ordered = [...levels.keys()].toSorted((a, b) => b - a);
    const least = Math.max(1, Math.floor(request.limit / LEAST_SHARE));
    const pulled: T[] = [];
    ordered.forEach((level, index) => {
      const reserved = least * (ordered.length - 1 - index);
      const room = Math.max(1, request.limit - pulled.length - reserved);
      this.pullLevel(levels.get(level) ?? [], until, room, pulled);
    });
    return pulled;
  }

  /** Earliest time at which a row is up. */
  nextAt(node: NodeSkills): number | null {
    let next = Infinity;
    for (const lane of this.matching(node)) {
      next = Math.min(next, this.head(lane) ?? Infinity);
    }
    return next === Infinity ? null : next;
  }

  private pullLevel(lanes: readonly Lane<T>[], until: number, room: number, into: T[]): void {
    for (let taken = 0; taken < room; taken += 1) {
      let earliest: Lane<T> | undefined;
      let at = Infinity;
      for (const lane of lanes) {
        const head = this.head(lane) ?? Infinity;
        if (head <= until && head < at) {
          earliest = lane;
          at = head;
        }
      }
      const entry = earliest?.heap.pop();
      if (!entry) {
        return;
      }
      this.entries.delete(entry.row);
      into.push(entry.row);
    }
  }

  /** Time of the first entry that still counts. */
  private head(lane: Lane<T>): number | undefined {
    for (;;) {
      const entry = lane.heap.peek();
      if (!entry || this.entries.get(entry.row) === entry) {
        return entry?.at;
      }
      lane.heap.pop();
    }
  }

  private *matching(node: NodeSkills): Iterable<Lane<T>> {
    for (const lane of this.lanes) {
      if (node.handlers.includes(lane.handler) && node.executors.includes(lane.executor)) {
        yield lane;
      }
    }
  }

  private laneOf({ handler, executor, priority }: JobRecord): Lane<T> {
    const executors = found(this.byParts, handler, () => new Map());
    const priorities = found(executors, executor, () => new Map());
    return found(priorities, priority, () => {
      const lane = { handler, executor, priority, heap: new MinHeap<Entry<T>>() };
      this.lanes.push(lane);
      return lane;
    });
  }
}

/** What a map has under a key, made where it is missing. */
function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
