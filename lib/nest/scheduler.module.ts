import type {
  BeforeApplicationShutdown,
  DynamicModule,
  OnApplicationBootstrap,
  OnModuleDestroy,
  OnModuleInit,
} from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { InvalidOptionsError } from '../core/errors/invalid-options.error.js';
import { DuplicateSchedulerModuleError } from './errors/duplicate-scheduler-module.error.js';
import type {
  SchedulerModuleAsyncOptions,
  SchedulerModuleExtras,
  SchedulerModuleOptions,
} from './options/scheduler-module.options.js';
import { SCHEDULER_OPTIONS } from './scheduler.constants.js';
import { SchedulerLifecycle } from './scheduler.lifecycle.js';
import { ConfigurableModuleClass } from './scheduler.module-definition.js';

/**
 * Jobs that must happen. To be configured once, in the root module; `SchedulerService` can then be injected
 * everywhere, and decorated methods of all providers and controllers are found.
 *
 * @example
 * ```ts
 * @Module({
 *   imports: [
 *     SchedulerModule.forRoot({
 *       stores: { default: typeormStore({ type: 'postgres', url: process.env.DATABASE_URL }) },
 *       timezone: 'Europe/Berlin',
 *     }),
 *   ],
 *   providers: [ReportsService],
 * })
 * export class AppModule {}
 * ```
 * @publicApi
 */
@Module({})
export class SchedulerModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  constructor(
    private readonly lifecycle: SchedulerLifecycle,
    private readonly moduleRef: ModuleRef,
    private readonly modules: ModulesContainer,
  ) {
    super();
  }

  /**
   * Configures the scheduler.
   *
   * What makes no sense in the options fails the start of the application with `InvalidOptionsError`.
   */
  static override forRoot(
    options: SchedulerModuleOptions & SchedulerModuleExtras = {},
  ): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * Configures the scheduler with options that other providers have a say in.
   *
   * @example
   * ```ts
   * SchedulerModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ timezone: config.get('TZ') }),
   * })
   * ```
   */
  static override forRootAsync(options: SchedulerModuleAsyncOptions): DynamicModule {
    if (!options.useFactory && !options.useClass && !options.useExisting) {
      throw new InvalidOptionsError(
        'forRootAsync',
        options,
        'Give one of useFactory, useClass and useExisting.',
      );
    }
    return super.forRootAsync(options);
  }

  onModuleInit(): void {
    this.refuseSecond();
    this.lifecycle.discover();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.lifecycle.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.lifecycle.rest();
  }

  // Not later: in `onApplicationShutdown` connections are closed that running jobs, and the store, still need.
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    await this.lifecycle.shutdown(signal);
  }

  /** Nest tells dynamic modules apart by reference, so that a second call makes a second scheduler. */
  private refuseSecond(): void {
    const all = this.moduleRef.get<unknown>(SCHEDULER_OPTIONS, { strict: false, each: true });
    if (all.length > 1) {
      const importers = [...this.modules.values()].filter((module) =>
        [...module.imports].some(({ metatype }) => metatype === SchedulerModule),
      );
      throw new DuplicateSchedulerModuleError(importers.map(({ name }) => name));
    }
  }
}
