/**
 * An application that boots, says how long it took since its process began, and ends. Plain JavaScript on what was
 * compiled before, as in production: compiling the sources would take longer than all that is measured.
 */
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/**
 * @typedef {object} BootSettings
 * @property {'nothing' | 'ours' | '@nestjs/schedule'} scheduler
 * @property {string | null} dist URL of the folder of the compiled project
 * @property {string | null} url of a database; without one jobs are in memory
 * @property {number} jobs how many are declared
 */

/** @type {BootSettings} */
const settings = JSON.parse(process.argv[2] ?? '{}');

/** A library as its file says it, whose types are not known here. */
const load = async (/** @type {string} */ file) => import(file);

async function schedulerModule() {
  if (settings.scheduler === 'ours') {
    const { SchedulerModule } = await load(`${settings.dist}index.js`);
    if (settings.url === null) {
      return SchedulerModule.forRoot();
    }
    const { typeormStore } = await load(`${settings.dist}stores/typeorm/index.js`);
    return SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url: settings.url }) },
    });
  }
  if (settings.scheduler === '@nestjs/schedule') {
    const file = createRequire(import.meta.url).resolve('@nestjs/schedule');
    const { ScheduleModule } = await load(pathToFileURL(file).href);
    return ScheduleModule.forRoot();
  }
  return undefined;
}

/** A provider with many methods that are due once a year. */
async function declaringProvider() {
  class Declarations {}
  if (settings.jobs > 0) {
    const { Cron } = await load(`${settings.dist}index.js`);
    for (let index = 0; index < settings.jobs; index += 1) {
      const name = `job${index}`;
      const descriptor = { value: async () => undefined, writable: true, configurable: true };
      Object.defineProperty(Declarations.prototype, name, descriptor);
      Cron('0 0 1 1 *', { id: name })(Declarations.prototype, name, descriptor);
    }
  }
  Injectable()(Declarations);
  return Declarations;
}

class BootModule {}
const imported = await schedulerModule();
Module({ imports: imported ? [imported] : [], providers: [await declaringProvider()] })(BootModule);

const app = await NestFactory.createApplicationContext(BootModule, { logger: false });
const figures = { milliseconds: performance.now() };
await app.close();
process.send?.({ figures }, () => process.exit());
