/**
 * Breaks a cluster in all ways that it knows, and checks what the scheduler promises:
 *
 *   npm run chaos -- --seconds 60 --nodes 3 --seed 1
 *
 * Prints a report as JSON. Exit code: 0 if everything held, 1 if not, 2 if it could not be found out.
 */
import { inspect } from 'node:util';
import { findClocks } from './clocks/find-clocks.js';
import { drive } from './drive.js';
import { OptionError, readOptions } from './options.js';

const INTERRUPTED = 130;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interruption.abort(new Error(`Ended by ${signal}.`)));
}

try {
  const options = readOptions(process.argv.slice(2));
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const clocks = await findClocks(options, tell);
  const report = await drive(
    options,
    clocks,
    interruption.signal,
    options.json ? () => undefined : tell,
  );
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.ok ? 0 : 1;
} catch (error) {
  const { aborted: isInterrupted, reason } = interruption.signal;
  const text = error instanceof OptionError ? error.message : inspect(error);
  process.stderr.write(`${isInterrupted ? reason.message : text}\n`);
  process.exitCode = isInterrupted ? INTERRUPTED : 2;
}
process.exit();
