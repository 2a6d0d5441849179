/** What the rest of the application needs to know about where it runs. */
export abstract class Settings {
  abstract readonly databaseUrl: string;
  /** File that the access log is written to. */
  abstract readonly accessLog: string;
  /** When the demo was started for the very first time on its data. */
  abstract readonly firstStart: Date;
}
