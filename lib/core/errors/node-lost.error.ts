import { SchedulerError } from './scheduler.error.js';

/** A store refused a node whose lease has ended. The scheduler joins again as a new node. */
export class NodeLostError extends SchedulerError {
  readonly code = 'NODE_LOST';

  constructor(readonly nodeId: string) {
    super(
      `Node ${nodeId} was declared dead: its lease ended before it was renewed. What it held went to other nodes.`,
    );
  }
}
