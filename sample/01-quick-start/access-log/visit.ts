/** One HTTP request. */
export interface Visit {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

const LINE = /^(\S+) ([A-Z-]+) (\S+) (\d{3})$/;

/** `2026-03-01T09:30:00.000Z GET /articles/cron 200`, and the end of the line. */
export function formatVisit({ at, method, path, status }: Visit): string {
  return `${at.toISOString()} ${method} ${path} ${status}\n`;
}

/** The visit of a line; none if the line is no such thing. */
export function parseVisit(line: string): Visit[] {
  const [, at = '', method = '', path = '', status = ''] = LINE.exec(line) ?? [];
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? [] : [{ at: date, method, path, status: Number(status) }];
}
