import { ConsoleLogger } from '@nestjs/common';

/** Nest's logger without what it says about modules and routes. */
export class DemoLogger extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['log', 'warn', 'error', 'fatal'], colors: process.stdout.isTTY === true });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'SchedulerModule') {
      super.log(message, ...rest);
    }
  }
}
