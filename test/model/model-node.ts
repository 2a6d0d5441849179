import type { TestScheduler } from '../support/test-scheduler.js';
import type { NodeClock } from './node.clock.js';
import type { StoreLink } from './store-link.js';

/** So late may calls be that no lease suffers by it. */
const HARMLESS_LAG_MS = 1500;

/** A process of the model. */
export class ModelNode {
  /** It does nothing any more, or shuts down. */
  isGone = false;
  /** It was dead, frozen, cut off or slow at some time: others may have taken over what it did. */
  wasAway = false;

  constructor(
    readonly number: number,
    readonly test: TestScheduler,
    readonly clock: NodeClock,
    readonly link: StoreLink,
    /** What it was about when something happened to it is judged no more. */
    private readonly onDisturbed: () => void,
  ) {}

  /** At work, and in touch with its store. */
  get isWell(): boolean {
    return !this.isGone && !this.clock.isFrozen && !this.link.isCut;
  }

  /** Nobody has a reason to take over what it does. */
  get isReliable(): boolean {
    const { there, back } = this.link.lag;
    return this.isWell && there + back <= HARMLESS_LAG_MS;
  }

  /** A process that dies says nothing more, to nobody. What it has sent may still arrive. */
  kill(): void {
    this.isGone = true;
    this.freeze();
  }

  /** It stands still, and does not know it when it goes on. */
  freeze(): void {
    this.disturb();
    this.clock.freeze();
  }

  /** As a laptop does whose lid is closed, or a virtual machine that is moved. */
  suspend(): void {
    this.disturb();
    this.clock.suspend();
  }

  cutOff(): void {
    this.disturb();
    this.link.isCut = true;
  }

  slowDown(there: number, back: number): void {
    this.link.lag = { there, back };
    if (!this.isReliable) {
      this.disturb();
    }
  }

  /** It ends in order, however long that takes. */
  shutDown(wait: boolean): void {
    this.isGone = true;
    this.disturb();
    void this.test.scheduler.shutdown({ wait });
  }

  /** Ends whatever keeps it from its work. Nobody rises from the dead. */
  recover(): void {
    this.link.isCut = false;
    this.link.lag = { there: 0, back: 0 };
    if (!this.isGone) {
      this.clock.thaw();
    }
  }

  private disturb(): void {
    this.wasAway = true;
    this.onDisturbed();
  }
}
