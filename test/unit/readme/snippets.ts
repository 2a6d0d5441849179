import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

/** The contents of the README's blocks of a language; `''` for those that name none. */
export function blocks(language: string): string[] {
  const found = README.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** What stands around the recipes, which would otherwise begin with the same lines all over. */
const SURROUNDINGS = `
import { Inject, Injectable, Scope } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { EventOf } from 'nestjs-durable-scheduler';
import {
  at, cron, Cron, handlerRef, Interval, JOB_CONTEXT, JobContext, JobHandler, memoryStore, ofType, OnSchedulerEvent,
  SchedulerModule, SchedulerService,
} from 'nestjs-durable-scheduler';
import { typeormStore } from 'nestjs-durable-scheduler/typeorm';
import { DataSource } from 'typeorm';

declare const dataSource: DataSource;
declare const scheduler: SchedulerService;
declare const ctx: JobContext;
declare class Order { id: string; total: number; }
class MailService { @JobHandler() send(to: string, subject: string) { return to + subject; } }
`;

/** The snippet as a module. */
export function complete(snippet: string): string {
  return /^import /m.test(snippet) ? snippet : `${SURROUNDINGS}\n${snippet}`;
}
