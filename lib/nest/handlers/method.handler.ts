import { ContextIdFactory, type ModuleRef } from '@nestjs/core';
import type { Handler } from '../../core/executor.js';
import type { JobContext } from '../../core/job-context.js';
import type { Provider } from '../discovery/provider.js';

/** Calls a method of a provider for a run. */
export class MethodHandler implements Handler {
  constructor(
    readonly name: string,
    private readonly provider: Provider,
    private readonly method: string,
    /** How many parameters the method was written with. */
    private readonly length: number,
    private readonly moduleRef: ModuleRef,
  ) {}

  invoke(context: JobContext): unknown {
    const { isStatic, wrapper } = this.provider;
    return isStatic
      ? this.call(wrapper.instance as object, context)
      : this.resolve(context).then((instance) => this.call(instance, context));
  }

  private call(instance: object, context: JobContext): unknown {
    // Looked up at each call, so that spies, proxies and code that is reloaded have their say.
    const method = Reflect.get(instance, this.method) as (...args: unknown[]) => unknown;
    return Reflect.apply(method, instance, argumentsOf(context, this.length));
  }

  /** An instance of its own for each run, with the context in the place of the request. */
  private resolve(context: JobContext): Promise<object> {
    const { wrapper } = this.provider;
    // By request, so that a ContextIdStrategy of the application can share durable providers.
    const contextId = ContextIdFactory.getByRequest(context);
    const durablePayload = wrapper.isDependencyTreeDurable() ? contextId.payload : undefined;
    this.moduleRef.registerRequestByContextId(durablePayload ?? context, contextId);
    return this.moduleRef.resolve<object>(wrapper.token as never, contextId, { strict: false });
  }
}

/** The job's arguments, then the context in the place of the last parameter, or after the last argument. */
export function argumentsOf(context: JobContext, length: number): readonly unknown[] {
  const args: unknown[] = [...context.args];
  const position = Math.max(args.length, length - 1);
  while (args.length < position) {
    args.push(undefined);
  }
  args.push(context);
  return args;
}
