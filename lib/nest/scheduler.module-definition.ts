import { ConfigurableModuleBuilder } from '@nestjs/common';
import { SchedulerCoreModule } from './scheduler-core.module.js';
import { SCHEDULER_OPTIONS } from './scheduler.constants.js';
import type {
  SchedulerModuleExtras,
  SchedulerModuleOptions,
} from './options/scheduler-module.options.js';

/*
 * Two modules: the inner one has all providers and is global, the outer one has the lifecycle hooks. Nest calls the
 * hooks of global modules first at the start and last at the end; those of the outer module, which stands near the
 * root, come late at the start and early at the end, when what jobs use is there.
 */
export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<SchedulerModuleOptions>({
  optionsInjectionToken: SCHEDULER_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createSchedulerOptions')
  .setExtras<SchedulerModuleExtras>(
    { isGlobal: true, extraProviders: [] },
    ({ imports = [], providers = [], ...definition }, { isGlobal = true, extraProviders = [] }) => {
      const core = {
        module: SchedulerCoreModule,
        global: isGlobal,
        imports,
        providers: [...extraProviders, ...providers],
      };
      return { ...definition, imports: [core], exports: [core] };
    },
  )
  .build();
