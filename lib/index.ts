export { Clock, SystemClock } from './core/clock.js';
export type { CancelTimer } from './core/clock.js';
export type { Duration, DurationParts } from './core/duration.js';
export { AliasTakenError } from './core/errors/alias-taken.error.js';
export { ConflictingJobIdError } from './core/errors/conflicting-job-id.error.js';
export { DeclaredJobError } from './core/errors/declared-job.error.js';
export { InvalidJobError } from './core/errors/invalid-job.error.js';
export { InvalidOptionsError } from './core/errors/invalid-options.error.js';
export { InvalidTriggerError } from './core/errors/invalid-trigger.error.js';
export { JobLookupError } from './core/errors/job-lookup.error.js';
export { LeaseLapsedError } from './core/errors/lease-lapsed.error.js';
export { NodeLostError } from './core/errors/node-lost.error.js';
export { RunSupersededError } from './core/errors/run-superseded.error.js';
export { SchedulerStateError } from './core/errors/scheduler-state.error.js';
export { SchedulerError } from './core/errors/scheduler.error.js';
export { ShutdownError } from './core/errors/shutdown.error.js';
export { StoreUnavailableError } from './core/errors/store-unavailable.error.js';
export { UnknownExecutorError } from './core/errors/unknown-executor.error.js';
export { UnknownHandlerError } from './core/errors/unknown-handler.error.js';
export { UnknownStoreError } from './core/errors/unknown-store.error.js';
export { VersionConflictError } from './core/errors/version-conflict.error.js';
export type { SchedulerEvent, SchedulerEventType } from './core/events.js';
export { Executor } from './core/executor.js';
export type { Handler, Task } from './core/executor.js';
export { JobContext } from './core/job-context.js';
export type { JobLogger } from './core/job-context.js';
export type {
  DueJob,
  FireDecision,
  FiredJob,
  FireReply,
  JobLoad,
  NodeSkills,
  Plan,
  PlannedRun,
  WorkRequest,
} from './core/fire.js';
export { JobStore } from './core/job-store.js';
export type {
  BeatReply,
  Edit,
  EditOptions,
  FinishReply,
  JobFilter,
  JoinReply,
  NodeAdvert,
  Page,
  ReapedRun,
  ReapReply,
  RunFence,
  RunFilter,
  RunOutcome,
  RunProgressReport,
  StartReply,
  StoreContext,
  TakeReply,
} from './core/job-store.js';
export type {
  Coalesce,
  JobOrigin,
  JobPolicies,
  JobProgress,
  JobRecord,
  JobSpec,
  JobState,
  NewJob,
  Overlap,
  Priority,
  Recovery,
} from './core/job.js';
export type { JsonObject, JsonValue } from './core/json.js';
export type {
  ClaimedJob,
  ClaimedRun,
  RunError,
  RunKey,
  RunOrigin,
  RunProgress,
  RunRecord,
  RunState,
} from './core/run.js';
export type {
  HandlerRef,
  JobChanges,
  JobDefinition,
  JobFilterOptions,
  JobOptions,
  JobPolicyOptions,
  JobQuery,
  OperationOptions,
  PageOf,
  PageOptions,
  RunQuery,
} from './engine/definition/job-definition.js';
export type { ExportedJob, JobExport } from './engine/operations/job-export.js';
export type { SchedulerState } from './engine/scheduler.options.js';
export type { Job } from './engine/view/job.js';
export type { Run } from './engine/view/run.js';
export { inProcess } from './executors/in-process.executor.js';
export type { InProcessOptions } from './executors/in-process.executor.js';
export { At } from './nest/decorators/at.decorator.js';
export { CronExpression } from './nest/decorators/cron-expression.js';
export { Cron } from './nest/decorators/cron.decorator.js';
export type {
  JobMethodDecorator,
  TypedMethodDecorator,
} from './nest/decorators/decorated-method.js';
export { Interval } from './nest/decorators/interval.decorator.js';
export { JobHandler } from './nest/decorators/job-handler.decorator.js';
export type { Lazy } from './nest/decorators/lazy.js';
export { OnSchedulerEvent } from './nest/decorators/on-scheduler-event.decorator.js';
export type {
  AtJobOptions,
  CronJobOptions,
  IntervalJobOptions,
} from './nest/decorators/schedule.options.js';
export { Timeout } from './nest/decorators/timeout.decorator.js';
export { DuplicateDeclarationError } from './nest/errors/duplicate-declaration.error.js';
export { DuplicateSchedulerModuleError } from './nest/errors/duplicate-scheduler-module.error.js';
export { InvalidDeclarationError } from './nest/errors/invalid-declaration.error.js';
export type { EventOf } from './nest/events/event-of.js';
export { ofType } from './nest/events/of-type.operator.js';
export { handlerRef } from './nest/handlers/handler-ref.js';
export type {
  LeaseOptions,
  SchedulerModuleAsyncOptions,
  SchedulerModuleExtras,
  SchedulerModuleOptions,
  SchedulerOptionsFactory,
} from './nest/options/scheduler-module.options.js';
export { JOB_CONTEXT, SCHEDULER_OPTIONS } from './nest/scheduler.constants.js';
export { SchedulerModule } from './nest/scheduler.module.js';
export { SchedulerService } from './nest/scheduler.service.js';
export type { ShutdownOptions } from './nest/shutdown.options.js';
export { memoryStore } from './stores/memory/index.js';
export type { MemoryStoreOptions } from './stores/memory/index.js';
export {
  allOf,
  AllOfTrigger,
  anyOf,
  AnyOfTrigger,
  at,
  calendarInterval,
  CalendarIntervalTrigger,
  cron,
  CronTrigger,
  DateTrigger,
  interval,
  IntervalTrigger,
  Trigger,
  triggerFrom,
} from './triggers/index.js';
export type {
  CalendarIntervalOptions,
  CompositeOptions,
  CompositeSettings,
  CronFields,
  CronOptions,
  CronSettings,
  DateOptions,
  Exception,
  IntervalOptions,
  IntervalSettings,
  TriggerBinding,
  TriggerInput,
  TriggerJson,
} from './triggers/index.js';
