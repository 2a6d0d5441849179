import type { Call, ErrorFields, Message } from '../support/cluster/messages.js';

/** An error that the application answered with. */
export class AnswerError extends Error {
  readonly code: string | undefined;

  constructor({ name, code, message }: ErrorFields) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** What an application process was asked, and has not answered yet. */
export class RemoteCalls {
  private last = 0;
  private isOver = false;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly send: (call: Call) => void) {}

  make<T>(method: string, args: readonly unknown[]): Promise<T> {
    this.last += 1;
    const id = this.last;
    return new Promise<T>((resolve, reject) => {
      if (this.isOver) {
        reject(new Error('The process has ended.'));
        return;
      }
      this.waiting.set(id, { resolve, reject });
      this.send({ id, method, args });
    });
  }

  answer(message: Extract<Message, { kind: 'result' | 'error' }>): void {
    const call = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'result') {
      call?.resolve(message.value as never);
    } else {
      call?.reject(new AnswerError(message.error));
    }
  }

  /** Nothing will be answered any more. */
  end(): void {
    this.isOver = true;
    for (const { reject } of this.waiting.values()) {
      reject(new Error('The process ended before it answered.'));
    }
    this.waiting.clear();
  }
}
