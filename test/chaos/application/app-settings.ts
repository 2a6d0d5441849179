/** What an application process is started with. */
export interface AppSettings {
  readonly url: string;
  readonly label: string;
  /** How far the clock of this process is off, in milliseconds. */
  readonly clockOff: number;
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
}
