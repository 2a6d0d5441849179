import type { OnApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { appendFile, open, readFile } from 'node:fs/promises';
import { Settings } from '../settings/settings.js';
import type { Visit } from './visit.js';
import { formatVisit, parseVisit } from './visit.js';

/** A part of the log that has not been read before. */
export interface LogPart {
  readonly visits: readonly Visit[];
  /** Byte of the file at which the next part begins. */
  readonly end: number;
}

const NEWLINE = 0x0a;

/** What is left over waits for the next reading. */
const MOST_BYTES = 1024 * 1024;

/** A file with one line for each HTTP request. */
@Injectable()
export class AccessLog implements OnApplicationShutdown {
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly settings: Settings) {}

  write(visit: Visit): void {
    const line = formatVisit(visit);
    this.written = this.written
      .then(() => appendFile(this.settings.accessLog, line))
      .catch((error: unknown) => console.error(`The access log cannot be written: ${error}`));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.written;
  }

  /** How many lines there are. */
  async count(): Promise<number> {
    await this.written;
    // Appending makes the file if there is none yet.
    const text = await readFile(this.settings.accessLog, { encoding: 'utf8', flag: 'a+' });
    return text.split('\n').length - 1;
  }

  /** Complete lines from the byte `start` on. A file that is shorter has been replaced: it is read from its beginning. */
  async readFrom(start: number): Promise<LogPart> {
    const file = await open(this.settings.accessLog, 'a+');
    try {
      const { size } = await file.stat();
      const from = start <= size ? start : 0;
      const bytes = Buffer.alloc(Math.min(size - from, MOST_BYTES));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      const complete = bytes.subarray(0, bytes.lastIndexOf(NEWLINE, bytesRead - 1) + 1);
      const lines = complete.toString().split('\n');
      return { visits: lines.flatMap(parseVisit), end: from + complete.length };
    } finally {
      await file.close();
    }
  }
}
