import { nextInstant } from './model-job.js';
import type { ModelNode } from './model-node.js';
import { Step } from './step.js';
import type { World } from './world.js';

/** Further ones would only take time. */
const MOST_NODES = 6;

export function join(): Step {
  return new Step('a node joins', async (world) => {
    if (world.nodes.length < MOST_NODES) {
      await world.addNode();
    }
  });
}

export function kill(nth: number): Step {
  return unlessLast(`node ${nth} dies`, nth, (node) => node.kill());
}

export function shutDown([nth, wait]: readonly [number, boolean]): Step {
  const text = `node ${nth} shuts down${wait ? '' : ' without waiting'}`;
  return unlessLast(text, nth, (node) => node.shutDown(wait));
}

export function freeze(nth: number): Step {
  return onNode(`node ${nth} freezes`, nth, well, (node) => node.freeze());
}

export interface Stall {
  readonly nth: number;
  readonly ms: number;
  /** The machine sleeps, and its monotonic clock with it. */
  readonly asleep: boolean;
  /** Begins so many milliseconds before an instant of a job; without it, at once. */
  readonly before: { readonly job: number; readonly ahead: number } | null;
}

/** A node stands still for a while, and goes on as if nothing had been. */
export function stall({ nth, ms, asleep, before }: Stall): Step {
  const when = before ? `, from ${before.ahead} ms before an instant of job ${before.job}` : '';
  const text = `node ${nth} ${asleep ? 'sleeps' : 'stands still'} for ${ms} ms${when}`;
  return new Step(text, async (world) => {
    const { clock } = world;
    const job = world.jobs[(before?.job ?? 0) % Math.max(1, world.jobs.length)];
    if (job && before) {
      const instant = nextInstant(job, clock.now() + before.ahead) ?? 0;
      await clock.advance(Math.max(0, instant - before.ahead - clock.now()));
    }
    const node = nthOf(world.well, nth);
    if (node) {
      if (asleep) {
        node.suspend();
      } else {
        node.freeze();
      }
      await clock.advance(ms);
      node.recover();
    }
  });
}

export function cutOff(nth: number): Step {
  return onNode(`node ${nth} loses its store`, nth, well, (node) => node.cutOff());
}

export function slowDown([nth, there, back]: readonly [number, number, number]): Step {
  return onNode(
    `calls of node ${nth} take ${there} ms, and replies ${back} ms`,
    nth,
    well,
    (node) => node.slowDown(there, back),
  );
}

export function recover(nth: number): Step {
  return onNode(`node ${nth} recovers`, nth, impaired, (node) => node.recover());
}

const well = (world: World): readonly ModelNode[] => world.well;

const impaired = (world: World): readonly ModelNode[] =>
  world.present.filter((node) => !node.isReliable);

/** One node stays, to carry on with what the others leave. */
function unlessLast(text: string, nth: number, action: (node: ModelNode) => void): Step {
  const candidates = (world: World): readonly ModelNode[] =>
    world.present.length > 1 ? world.well : [];
  return onNode(text, nth, candidates, action);
}

function onNode(
  text: string,
  nth: number,
  candidates: (world: World) => readonly ModelNode[],
  action: (node: ModelNode) => void,
): Step {
  return new Step(text, async (world) => {
    const node = nthOf(candidates(world), nth);
    if (node) {
      action(node);
    }
  });
}

function nthOf(nodes: readonly ModelNode[], nth: number): ModelNode | undefined {
  return nodes[nth % Math.max(1, nodes.length)];
}
