import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { findJsonFault } from '../../core/json.js';
import type { ListenerMetadata } from '../decorators/method.metadata.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';
import { attempt } from '../events/guarded.observable.js';
import { SchedulerEvents } from '../events/scheduler-events.js';
import { handlerNames, isHandler } from '../handlers/handler-name.js';
import { HandlerRegistry } from '../handlers/handler.registry.js';
import { MethodHandler } from '../handlers/method.handler.js';
import type { FoundSchedule, FoundTimeout } from './found-job.js';
import type { DecoratedMethod } from './provider.finder.js';
import { ProviderFinder } from './provider.finder.js';
import { placeOf } from './provider.js';

/** Makes handlers, listeners and jobs of what the decorators in the application say. */
@Injectable()
export class JobExplorer {
  private readonly logger = new Logger('SchedulerModule');
  private readonly foundSchedules: FoundSchedule[] = [];
  private readonly foundTimeouts: FoundTimeout[] = [];

  constructor(
    private readonly finder: ProviderFinder,
    private readonly registry: HandlerRegistry,
    private readonly events: SchedulerEvents,
    private readonly moduleRef: ModuleRef,
  ) {}

  get schedules(): readonly FoundSchedule[] {
    return this.foundSchedules;
  }

  get timeouts(): readonly FoundTimeout[] {
    return this.foundTimeouts;
  }

  /**
   * Looks through the application. To be called once, when all providers are there.
   *
   * @throws DuplicateDeclarationError when two methods would be handlers of one name
   */
  explore(): void {
    for (const found of this.finder.find()) {
      if (isHandler(found.metadata)) {
        this.addHandlers(found);
        this.addJobs(found);
      }
      this.addListeners(found);
    }
  }

  private addHandlers({ provider, method, metadata }: DecoratedMethod): void {
    const place = placeOf(provider, method);
    // Another decorator below ours may have wrapped the method and hidden some of its parameters.
    const length = Math.max(...metadata.map((item) => item.length));
    if (provider.className === '') {
      const cure = 'Its class has no name to store handlers and jobs under. Give it one.';
      throw new InvalidDeclarationError(`A decorator on ${place}`, cure);
    }
    for (const name of handlerNames(provider.className, method, metadata)) {
      if (!isName(name)) {
        const cure = `A handler's name is plain text of 1 to ${MAX_NAME_LENGTH} characters.`;
        throw new InvalidDeclarationError(`@JobHandler on ${place}`, cure);
      }
      this.registry.add(new MethodHandler(name, provider, method, length, this.moduleRef), place);
    }
  }

  private addJobs({ provider, method, metadata }: DecoratedMethod): void {
    const [handler] = handlerNames(provider.className, method, metadata);
    const source = `${provider.className}.${method}`;
    let position = 0;
    for (const item of metadata) {
      if (item.kind !== 'schedule' && item.kind !== 'timeout') {
        continue;
      }
      position += 1;
      // By position, whether or not the others have ids of their own: giving one an id must not rename its neighbours.
      const defaultId = position === 1 ? source : `${source}#${position}`;
      const place = `${item.decorator} on ${placeOf(provider, method)}`;
      if (item.kind === 'schedule') {
        this.foundSchedules.push({ source, place, defaultId, handler, metadata: item });
      } else {
        this.foundTimeouts.push({ source, place, defaultId, handler, metadata: item });
      }
    }
  }

  private addListeners(found: DecoratedMethod): void {
    const listeners = found.metadata.filter(
      (item): item is typeof item & ListenerMetadata => item.kind === 'listener',
    );
    const place = placeOf(found.provider, found.method);
    if (listeners.length > 0 && !found.provider.isStatic) {
      this.logger.warn(
        `@OnSchedulerEvent on ${place} hears nothing, because its provider is made anew for each request. ` +
          `Move the method to a provider with the default scope.`,
      );
      return;
    }
    for (const { types } of listeners) {
      this.listen(found, place, new Set<string>(types));
    }
  }

  private listen(
    { provider, method }: DecoratedMethod,
    place: string,
    types: ReadonlySet<string>,
  ): void {
    const instance = provider.wrapper.instance as object;
    const report = this.events.reporter(`@OnSchedulerEvent on ${place}`);
    this.events.events$.subscribe((event) => {
      if (types.size === 0 || types.has(event.type)) {
        attempt(
          () => Reflect.apply(Reflect.get(instance, method) as () => unknown, instance, [event]),
          report,
        );
      }
    });
  }
}

const MAX_NAME_LENGTH = 200;

function isName(name: unknown): boolean {
  return (
    typeof name === 'string' &&
    name.length > 0 &&
    name.length <= MAX_NAME_LENGTH &&
    findJsonFault(name) === null
  );
}
