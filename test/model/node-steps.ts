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

/** As a process is stopped, or a machine suspended. */
export function stall([nth, ms]: readonly [number, number]): Step {
  return new Step(`node ${nth} stands still for ${ms} ms`, async (world) => {
    const node = nthOf(world.well, nth);
    node?.freeze();
    await world.clock.advance(ms);
    node?.recover();
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
