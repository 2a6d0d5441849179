import type { Database } from '../connection/database.js';
import { addLanes } from '../statements/add-lanes.js';
import type { Lane } from '../statements/add-lanes.js';

/**
 * Ids of lanes. They are few and never go away, so each is read once.
 *
 * They are made in transactions of their own: undone with a caller's, an id that is known here would be worth nothing.
 */
export class LaneDirectory {
  private readonly ids = new Map<string, number>();

  constructor(private readonly database: Database) {}

  /** The id of each lane, in order. */
  async idsOf(lanes: readonly Lane[]): Promise<number[]> {
    for (;;) {
      const missing = new Map<string, Lane>();
      const ids = lanes.map((lane) => {
        const key = keyOf(lane);
        const id = this.ids.get(key);
        if (id === undefined) {
          missing.set(key, lane);
        }
        return id ?? 0;
      });
      if (missing.size === 0) {
        return ids;
      }
      const rows = await this.database.session((session) =>
        addLanes(session, [...missing.values()]),
      );
      rows.forEach((row) => this.ids.set(keyOf(row), row.id));
    }
  }
}

function keyOf({ handler, executor, priority }: Lane): string {
  return JSON.stringify([handler, executor, priority]);
}
