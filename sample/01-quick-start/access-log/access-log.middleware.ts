import type { NestMiddleware } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AccessLog } from './access-log.js';

/** Express keeps the whole URL here when a router shortens `url`. */
interface Request extends IncomingMessage {
  readonly originalUrl: string;
}

const LONGEST_PATH = 200;

@Injectable()
export class AccessLogMiddleware implements NestMiddleware {
  constructor(private readonly log: AccessLog) {}

  use(request: Request, response: ServerResponse, next: () => void): void {
    const at = new Date();
    const [path = '/'] = request.originalUrl.split('?');
    response.once('finish', () => {
      this.log.write({
        at,
        method: request.method ?? 'GET',
        path: path.slice(0, LONGEST_PATH),
        status: response.statusCode,
      });
    });
    next();
  }
}
