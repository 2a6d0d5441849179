import type { Type } from '@nestjs/common';
import { UnknownHandlerError } from '../../core/errors/unknown-handler.error.js';
import type { JobContext } from '../../core/job-context.js';
import type { HandlerRef } from '../../engine/definition/job-definition.js';
import { readMethod } from '../decorators/method.metadata.js';
import { handlerNames, isHandler } from './handler-name.js';

type Method = (...args: never[]) => unknown;

/** Names of the methods of `T`. */
export type MethodName<T> = {
  [K in keyof T]: T[K] extends Method ? K : never;
}[keyof T] &
  string;

/** The parameters of a method without the context at their end. */
export type HandlerArgs<M> = M extends (...args: infer P) => unknown
  ? P extends readonly [...infer A, JobContext]
    ? A
    : P extends readonly [...infer A, JobContext?]
      ? A
      : P
  : never;

/**
 * Refers to a decorated method instead of naming it, so that the compiler checks the arguments of its jobs.
 *
 * @throws UnknownHandlerError when the method has no decorator that makes it a handler
 * @example
 * ```ts
 * await scheduler.addJob({
 *   handler: handlerRef(MailService, 'send'),
 *   args: ['a@b.c', 'hi'],
 *   trigger: at(date),
 * });
 * ```
 * @publicApi
 */
export function handlerRef<T, const K extends MethodName<T>>(
  type: Type<T>,
  method: K,
): HandlerRef<HandlerArgs<T[K]>> {
  const prototype = type.prototype as object;
  const metadata = readMethod(prototype, method);
  if (!isHandler(metadata)) {
    throw new UnknownHandlerError(`${type.name}.${method}`, handlersOf(type.name, prototype));
  }
  const [name] = handlerNames(type.name, method, metadata);
  return { name };
}

function handlersOf(className: string, prototype: object): readonly string[] {
  return Object.getOwnPropertyNames(prototype).flatMap((method) => {
    const metadata = readMethod(prototype, method);
    return isHandler(metadata) ? handlerNames(className, method, metadata) : [];
  });
}
