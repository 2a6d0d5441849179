import { Injectable } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { JobDeclaration } from '../../engine/definition/job-definition.js';
import { Scheduler } from '../../engine/scheduler.js';
import { resolveLazy } from '../decorators/lazy.js';
import type { FoundSchedule } from '../discovery/found-job.js';
import { JobExplorer } from '../discovery/job.explorer.js';
import { DuplicateDeclarationError } from '../errors/duplicate-declaration.error.js';
import { located } from './located.js';
import { splitOptions } from './split-options.js';

/** Declares to the scheduler what decorators say. */
@Injectable()
export class JobDeclarer {
  constructor(
    private readonly explorer: JobExplorer,
    private readonly scheduler: Scheduler,
  ) {}

  /**
   * Resolves every lazy value, checks every job, and declares those that are enabled.
   *
   * @returns how many
   * @throws DuplicateDeclarationError when two have one id in one store; what makes no sense otherwise
   */
  async declare(ref: ModuleRef): Promise<number> {
    const declarations: JobDeclaration[] = [];
    const places = new Map<string, string>();
    for (const found of this.explorer.schedules) {
      const declaration = await located(found.place, () => this.toDeclaration(found, ref));
      if (!declaration) {
        continue;
      }
      const { id, store = 'default' } = declaration.definition;
      const key = JSON.stringify([store, id]);
      const other = places.get(key);
      if (other !== undefined) {
        throw new DuplicateDeclarationError('job', id, [other, found.place]);
      }
      places.set(key, found.place);
      declarations.push(declaration);
    }
    this.scheduler.declare(declarations);
    return declarations.length;
  }

  private async toDeclaration(
    { source, place, defaultId, handler, metadata }: FoundSchedule,
    ref: ModuleRef,
  ): Promise<JobDeclaration | null> {
    const { enabled, trigger, job } = splitOptions(metadata.options, place);
    // Asked first: what is switched off for this environment need not have a schedule there.
    if (!(await resolveLazy(enabled, ref))) {
      return null;
    }
    const definition = {
      ...job,
      id: job.id ?? defaultId,
      handler,
      trigger: await metadata.trigger(trigger, ref),
    };
    // The scheduler checks it once more when it starts, but does not know the place.
    this.scheduler.operations.prepare(definition, 'code');
    return { source, definition };
  }
}
