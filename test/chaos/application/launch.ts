import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FaultName } from '../../support/sabotage/sabotage.js';
import { SABOTAGE_VARIABLE } from '../../support/sabotage/sabotage.js';

const REGISTER = new URL('../../support/typescript/register.js', import.meta.url).href;

const PROGRAMS = {
  app: new URL('./app.ts', import.meta.url),
  migrate: new URL('./migrate.ts', import.meta.url),
};

/** Starts a program that loads the scheduler from its sources, with the fault that is planted in them. */
export function launch(
  program: keyof typeof PROGRAMS,
  settings: object,
  sabotage: FaultName | null,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return fork(fileURLToPath(PROGRAMS[program]), [JSON.stringify(settings)], {
    execArgv: ['--import', REGISTER],
    serialization: 'advanced',
    silent: true,
    env: { ...process.env, ...environment, [SABOTAGE_VARIABLE]: sabotage ?? '' },
  });
}
