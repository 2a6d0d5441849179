import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  ConflictingJobIdError,
  DeclaredJobError,
  JobLookupError,
  SchedulerError,
  StoreUnavailableError,
  VersionConflictError,
} from 'nestjs-durable-scheduler';

const CONFLICT = [ConflictingJobIdError, DeclaredJobError, VersionConflictError];

/** Errors of the scheduler say what is wrong and what to do about it, so that clients may read them. */
@Catch(SchedulerError)
export class SchedulerErrorFilter implements ExceptionFilter<SchedulerError> {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: SchedulerError, host: ArgumentsHost): void {
    const statusCode = statusOf(error);
    const body = { statusCode, error: error.code, message: error.message };
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), body, statusCode);
  }
}

function statusOf(error: SchedulerError): number {
  if (error instanceof JobLookupError) return 404;
  if (CONFLICT.some((type) => error instanceof type)) return 409;
  return error instanceof StoreUnavailableError ? 503 : 400;
}
