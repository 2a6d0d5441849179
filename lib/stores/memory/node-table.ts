import { NodeLostError } from '../../core/errors/node-lost.error.js';

interface NodeRow {
  leaseEndsAt: number;
  alive: boolean;
}

/** The nodes that joined, and their leases. */
export class NodeTable {
  private readonly nodes = new Map<string, NodeRow>();

  join(nodeId: string, leaseEndsAt: number): void {
    this.nodes.set(nodeId, { leaseEndsAt, alive: true });
  }

  /** A node past its lease may renew as long as nobody declared it dead. */
  renew(nodeId: string, leaseEndsAt: number): void {
    this.requireAlive(nodeId).leaseEndsAt = leaseEndsAt;
  }

  leave(nodeId: string, now: number): void {
    const node = this.nodes.get(nodeId);
    if (node) {
      node.alive = false;
      node.leaseEndsAt = Math.min(node.leaseEndsAt, now);
    }
  }

  requireAlive(nodeId: string): NodeRow {
    const node = this.nodes.get(nodeId);
    if (!node?.alive) {
      throw new NodeLostError(nodeId);
    }
    return node;
  }

  /** Declares dead whose lease has ended. */
  expire(now: number): void {
    for (const node of this.nodes.values()) {
      node.alive &&= node.leaseEndsAt > now;
    }
  }

  /** All that were declared dead and not yet forgotten. */
  dead(): Set<string> {
    return new Set([...this.nodes].filter(([, node]) => !node.alive).map(([id]) => id));
  }

  forget(nodeId: string): void {
    this.nodes.delete(nodeId);
  }

  /** Earliest end of a lease, one node left out. What a dead node still holds calls for reaping at once. */
  nextLapseAt(except: string | null): number | null {
    let next = Infinity;
    for (const [id, node] of this.nodes) {
      if (id !== except) {
        next = Math.min(next, node.leaseEndsAt);
      }
    }
    return next === Infinity ? null : next;
  }
}
