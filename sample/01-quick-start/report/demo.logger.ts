import { isatty } from 'node:tty';
import { ConsoleLogger } from '@nestjs/common';

const STDOUT = 1;

/** Nest's logger without what it says about modules and routes. */
export class DemoLogger extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['log', 'warn', 'error', 'fatal'], colors: isatty(STDOUT) });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'SchedulerModule') {
      super.log(message, ...rest);
    }
  }
}
