import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { SchedulerService } from 'nestjs-durable-scheduler';
import { AppModule } from './app.module.js';
import { EmbeddedPostgres } from './postgres/embedded-postgres.js';
import { DemoLogger } from './report/demo.logger.js';
import { EndReport } from './report/end.report.js';
import { StartReport } from './report/start.report.js';
import type { CommandLine } from './settings/command-line.js';
import { readCommandLine } from './settings/command-line.js';
import { rememberFirstStart } from './settings/first-start.js';
import { StopSignal } from './stop-signal.js';
import { Traffic } from './traffic/traffic.js';

async function main({ data, port, seconds }: CommandLine): Promise<void> {
  const stop = new StopSignal();
  await mkdir(data, { recursive: true });
  const postgres = await EmbeddedPostgres.open(path.join(data, 'postgres'));
  console.log(`Postgres was ${postgres.origin}; its data are in ${postgres.home}.`);
  try {
    const settings = {
      databaseUrl: postgres.url,
      accessLog: path.join(data, 'access.log'),
      firstStart: await rememberFirstStart(path.join(data, 'first-start')),
    };
    const app = await NestFactory.create(AppModule.with(settings), {
      logger: new DemoLogger(),
      abortOnError: false,
      forceCloseConnections: true,
    });
    try {
      await app.get(StartReport).print();
      await app.listen(port, '127.0.0.1');
      const url = await app.getUrl();
      console.log(`Listening on ${url}; try ${url}/jobs. Ctrl-C ends it.`);

      const traffic = new Traffic(url);
      if (seconds !== null) {
        stop.giveAfter(seconds);
      }
      console.log(`${await stop.given}: waiting for what is under way.`);
      await traffic.stop();
      // Nothing further begins here. What has begun is waited for by app.close().
      await app.get(SchedulerService).pause();
      await app.get(EndReport).print();
    } finally {
      await app.close();
    }
  } finally {
    await postgres.close();
  }
}

try {
  await main(readCommandLine(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
