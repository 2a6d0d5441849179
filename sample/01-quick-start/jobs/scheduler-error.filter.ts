import type { ArgumentsHost } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import {
  ConflictingJobIdError,
  DeclaredJobError,
  JobLookupError,
  RunLookupError,
  SchedulerError,
  StoreUnavailableError,
  VersionConflictError,
} from 'nestjs-durable-scheduler';

const NOT_FOUND = [JobLookupError, RunLookupError];
const CONFLICT = [ConflictingJobIdError, DeclaredJobError, VersionConflictError];

/** Errors of the scheduler say what is wrong and what to do about it, so that clients may read them. */
@Catch(SchedulerError)
export class SchedulerErrorFilter extends BaseExceptionFilter {
  override catch(error: SchedulerError, host: ArgumentsHost): void {
    const status = statusOf(error);
    const body = { statusCode: status, error: error.code, message: error.message };
    super.catch(new HttpException(body, status), host);
  }
}

function statusOf(error: SchedulerError): number {
  if (NOT_FOUND.some((type) => error instanceof type)) return 404;
  if (CONFLICT.some((type) => error instanceof type)) return 409;
  return error instanceof StoreUnavailableError ? 503 : 400;
}
