import type { World } from './world.js';

/** A step of the model, shown by its text in a counterexample. */
export class Step {
  constructor(
    private readonly text: string,
    readonly run: (world: World) => Promise<void>,
  ) {}

  toString(): string {
    return this.text;
  }
}
