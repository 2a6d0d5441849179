import type { Trigger } from '../../core/trigger.js';
import { askBefore } from '../member.js';
import type { Exclusion } from './exclusion.js';

/** The instants of a trigger. */
export class TriggerExclusion implements Exclusion {
  constructor(private readonly trigger: Trigger) {}

  skipForward(instant: number): number {
    return this.#has(instant) ? instant + 1 : instant;
  }

  skipBack(instant: number): number {
    return this.#has(instant) ? instant - 1 : instant;
  }

  #has(instant: number): boolean {
    return askBefore(this.trigger, 'except', instant) === instant;
  }
}
