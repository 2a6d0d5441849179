import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AccessLogMiddleware } from './access-log.middleware.js';
import { AccessLog } from './access-log.js';

@Module({ providers: [AccessLog], exports: [AccessLog] })
export class AccessLogModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(AccessLogMiddleware).forRoutes('{*path}');
  }
}
