import path from 'node:path';
import { parseArgs } from 'node:util';

/** What can be said when the demo is started. */
export interface CommandLine {
  /** Directory that keeps the database and the access log between starts. */
  readonly data: string;
  /** Port of the HTTP API; 0 takes any that is free. */
  readonly port: number;
  /** After how many seconds the demo ends by itself; `null`: with Ctrl-C. */
  readonly seconds: number | null;
}

const USAGE = 'Usage: npm run demo -- [--data DIR] [--port PORT] [--seconds N]';

const MOST_SECONDS = 86_400;

/** @throws Error that says which argument makes no sense */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    return parse(args);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${USAGE}`, {
      cause: error,
    });
  }
}

function parse(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: '.data' },
      port: { type: 'string', default: '0' },
      seconds: { type: 'string' },
    },
  });
  return {
    data: path.resolve(values.data),
    port: readNumber('--port', values.port, 65_535),
    seconds:
      values.seconds === undefined ? null : readNumber('--seconds', values.seconds, MOST_SECONDS),
  };
}

function readNumber(name: string, text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number <= most)) {
    throw new Error(`${name} ${text}: give a whole number from 0 to ${most}.`);
  }
  return number;
}
