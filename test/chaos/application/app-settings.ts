import type { WallClock } from '../clocks/wall-clock.js';

/** What an application process is started with. */
export interface AppSettings {
  readonly url: string;
  readonly label: string;
  readonly clock: WallClock;
  /** Number of the release that is deployed: declarations differ from release to release. */
  readonly release: number;
}

/** What a run is to do: the argument of the handler. */
export interface Work {
  /** How long it takes, in milliseconds. */
  readonly least: number;
  readonly most: number;
  /** Stops when it is told to. */
  readonly obeys?: boolean;
  readonly fails?: boolean;
  /** Fails when its transaction is committed. */
  readonly regrets?: boolean;
}
