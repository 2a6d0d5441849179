import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Gives the instants of a crontab text one after the other. */
export type Walk = () => Date;

/** Another library that finds the instants of crontab text. */
export interface Peer {
  readonly name: string;
  /** The walk from a date on. Throws when the library does not know the text, or zones at all. */
  start(expression: string, timezone: string, from: Date): Walk;
}

interface Croner {
  readonly Cron: new (expression: string, options: object) => { nextRun(after: Date): Date | null };
}

interface CronParser {
  readonly CronExpressionParser: {
    parse(expression: string, options: object): { next(): { toDate(): Date } };
  };
}

interface KelektivCron {
  readonly CronTime: new (
    expression: string,
    timezone: string,
  ) => { getNextDateFrom(after: Date, timezone: string): { toJSDate(): Date } };
}

interface CronSchedule {
  parseCronExpression(expression: string): { getNextDate(after: Date): Date };
}

function follow(from: Date, next: (after: Date) => Date): Walk {
  let date = from;
  return () => {
    date = next(date);
    return date;
  };
}

const makers: Readonly<Record<string, (library: unknown) => Peer['start']>> = {
  croner: (library) => (expression, timezone, from) => {
    const job = new (library as Croner).Cron(expression, { timezone, paused: true });
    return follow(from, (after) => job.nextRun(after) ?? from);
  },
  'cron-parser': (library) => (expression, timezone, from) => {
    const { CronExpressionParser } = library as CronParser;
    const iterator = CronExpressionParser.parse(expression, { tz: timezone, currentDate: from });
    return () => iterator.next().toDate();
  },
  cron: (library) => (expression, timezone, from) => {
    const time = new (library as KelektivCron).CronTime(expression, timezone);
    return follow(from, (after) => time.getNextDateFrom(after, timezone).toJSDate());
  },
  'cron-schedule': (library) => (expression, timezone, from) => {
    if (timezone !== 'UTC') {
      throw new Error('It knows no zone but that of the process.');
    }
    const schedule = (library as CronSchedule).parseCronExpression(expression);
    return follow(from, (after) => schedule.getNextDate(after));
  },
};

/** The peers that are installed in `folder`. They have a package.json of their own: the project does not need them. */
export async function findPeers(folder: string): Promise<Peer[]> {
  const { resolve } = createRequire(join(folder, 'package.json'));
  const peers: Peer[] = [];
  for (const [name, make] of Object.entries(makers)) {
    try {
      const library: unknown = await import(pathToFileURL(resolve(name)).href);
      peers.push({ name, start: make(library) });
    } catch {
      process.stderr.write(`${name} is not installed in ${folder}: left out\n`);
    }
  }
  return peers;
}
