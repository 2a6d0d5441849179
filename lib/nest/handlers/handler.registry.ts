import { Injectable } from '@nestjs/common';
import type { Handler } from '../../core/executor.js';
import type { HandlerDirectory } from '../../engine/scheduler.options.js';
import { DuplicateDeclarationError } from '../errors/duplicate-declaration.error.js';

/** The handlers of this application, by name. */
@Injectable()
export class HandlerRegistry implements HandlerDirectory {
  private readonly handlers = new Map<string, Handler>();
  private readonly places = new Map<string, string>();
  private nameList: readonly string[] | null = null;

  /** @throws DuplicateDeclarationError when there is one of this name */
  add(handler: Handler, place: string): void {
    const other = this.places.get(handler.name);
    if (other !== undefined) {
      throw new DuplicateDeclarationError('handler', handler.name, [other, place]);
    }
    this.nameList = null;
    this.handlers.set(handler.name, handler);
    this.places.set(handler.name, place);
  }

  get(name: string): Handler | undefined {
    return this.handlers.get(name);
  }

  names(): readonly string[] {
    // Asked at every look for work, and all handlers are there before the first.
    return (this.nameList ??= [...this.handlers.keys()]);
  }
}
