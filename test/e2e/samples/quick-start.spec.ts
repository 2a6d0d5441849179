import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SampleProcess } from './sample-process.js';

const SAMPLE = '01-quick-start';

interface JobAnswer {
  readonly id: string;
  readonly state: string;
  readonly nextFireAt: string | null;
}

interface RunAnswer {
  readonly id: string;
  readonly state: string;
  readonly startedAt: string | null;
  readonly scheduledAt: string;
}

interface VisitsAnswer {
  readonly total: number;
  readonly bytes: number;
}

interface ReminderAnswer {
  readonly id: string;
  readonly text: string;
  readonly deliveredAt: string | null;
}

// Each start is one of Postgres and of Nest, and a killed process is believed alive for a lease's time.
jest.setTimeout(120_000);

describe('The quick start', () => {
  let data: string;
  let demo: SampleProcess;
  let before: readonly RunAnswer[];

  beforeAll(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'quick-start-'));
    // Postgres may have to run as another user than the tests.
    await chmod(data, 0o755);
    demo = await SampleProcess.start(SAMPLE, '--data', data);
  });

  afterAll(async () => {
    await SampleProcess.killAll();
    await endPostgres(data);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  });

  it('counts the visits in its access log, each once', async () => {
    await demo.line(/count-visits .*[1-9]\d* visits?/);
    await expectAllCounted();
  });

  it('delivers a reminder at its time', async () => {
    const at = new Date(Date.now() + 1500);
    const { status, body } = await demo.post('/reminders', { at, text: 'Tea is ready' });
    expect(status).toBe(201);
    const { id } = body as ReminderAnswer;

    await demo.line(/"Tea is ready"/);
    const [run] = await demo.until<RunAnswer[]>(
      `/jobs/reminder:${id}/runs`,
      ([last]) => last?.state === 'succeeded',
    );
    expect(run?.scheduledAt).toBe(at.toISOString());
    expect(Date.parse(run?.startedAt ?? '')).toBeGreaterThanOrEqual(at.getTime());
    const reminders = await demo.get<ReminderAnswer[]>('/reminders');
    const delivered = reminders.find((reminder) => reminder.id === id)?.deliveredAt ?? '';
    expect(Date.parse(delivered)).toBeGreaterThanOrEqual(at.getTime());
  });

  it('says what is wrong with a request', async () => {
    const at = '2030-01-01T00:00:00Z';
    for (const body of [{}, { at: 'soon', text: 'a' }, { at, text: ' ' }, { at, text: 'a\0b' }]) {
      expect(await demo.post('/reminders', body)).toMatchObject({
        status: 400,
        body: { message: expect.arrayContaining([expect.stringMatching(/^(at|text): /)]) },
      });
    }
    expect(await demo.post('/jobs/nobody/pause')).toMatchObject({
      status: 404,
      body: { error: 'JOB_NOT_FOUND' },
    });
    expect(await demo.get('/jobs?state=tired')).toMatchObject({ statusCode: 400 });
  });

  it('runs a job when asked to, beside its schedule', async () => {
    const { status, body } = await demo.post('/jobs/refresh-summary/run');
    expect(status).toBe(202);
    const { id } = body as RunAnswer;
    await demo.until<RunAnswer[]>('/jobs/refresh-summary/runs', (runs) =>
      runs.some((run) => run.id === id && run.state === 'succeeded'),
    );
  });

  it('is killed, starts again, and finds its jobs, the pause and the history', async () => {
    expect((await demo.post('/jobs/refresh-summary/pause')).status).toBe(200);
    before = (await demo.get<RunAnswer[]>('/jobs/count-visits/runs')).filter(
      ({ state }) => state === 'succeeded',
    );
    expect(before).not.toHaveLength(0);
    expect(await demo.end('SIGKILL')).toBe('SIGKILL');

    demo = await SampleProcess.start(SAMPLE, '--data', data);
    expect(demo.lines[0]).toMatch(/^Postgres was found running/);
    await demo.line(/refresh-summary is paused, and stays so/);
    const jobs = await demo.get<JobAnswer[]>('/jobs');
    expect(jobs.find(({ id }) => id === 'refresh-summary')).toMatchObject({
      state: 'paused',
      nextFireAt: null,
    });
    expect(jobs.find(({ id }) => id === 'count-visits')).toMatchObject({ state: 'active' });
    expect(await demo.get<RunAnswer[]>('/jobs/count-visits/runs')).toEqual(
      expect.arrayContaining([...before]),
    );
  });

  it('counts on where the killed process stopped', async () => {
    const known = new Set(before.map(({ id }) => id));
    await demo.until<RunAnswer[]>('/jobs/count-visits/runs', (runs) =>
      runs.some(({ id, state }) => state === 'succeeded' && !known.has(id)),
    );
    await expectAllCounted();
  });

  it('lets a paused job go on', async () => {
    expect(await demo.post('/jobs/refresh-summary/resume')).toMatchObject({
      status: 200,
      body: { state: 'active', nextFireAt: expect.any(String) },
    });
  });

  it('ends in good order at Ctrl-C, and takes Postgres with it', async () => {
    expect(await demo.end('SIGINT')).toBe(0);
    expect(demo.lines.join('\n')).toMatch(/^Ctrl-C: /m);
    expect(await postgresPid(data)).toBeNull();
  });

  it('ends by itself after the seconds that it was given, with a table of jobs and runs', async () => {
    demo = await SampleProcess.start(SAMPLE, '--data', data, '--seconds', '3');
    expect(demo.lines[0]).toMatch(/^Postgres was started/);
    expect(await demo.end()).toBe(0);

    expect(demo.lines.join('\n')).toMatch(
      /^ {2}count-visits +active +\d+ +[\d:]{8} +every 2 seconds/m,
    );
    const lines = await linesOf(path.join(data, 'access.log'));
    expect(await demo.line(/^Visits: /)).toMatch(`Visits: ${lines} in the access log`);
    expect(await postgresPid(data)).toBeNull();
  });

  it('refuses arguments that make no sense', async () => {
    const refused = new SampleProcess(SAMPLE, '--seconds', 'many');
    expect(await refused.end()).toBe(1);
    expect(refused.lines).toEqual([
      '--seconds many: give a whole number from 0 to 86400.',
      'Usage: npm run demo -- [--data DIR] [--port PORT] [--seconds N]',
    ]);
  });

  /** The counts in the table are those of the lines, up to where the log was read. */
  async function expectAllCounted(): Promise<void> {
    const { total, bytes } = await demo.get<VisitsAnswer>('/visits');
    const log = await readFile(path.join(data, 'access.log'));
    expect(total).toBeGreaterThan(0);
    expect(total).toBe(lineCount(log.subarray(0, bytes)));
  }
});

async function linesOf(file: string): Promise<number> {
  return lineCount(await readFile(file));
}

function lineCount(text: Buffer): number {
  return text.toString().split('\n').length - 1;
}

async function postgresPid(data: string): Promise<number | null> {
  const file = path.join(data, 'postgres', 'cluster', 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' ? null : Number(text.split('\n')[0]);
}

/** For when a test has failed in the middle. */
async function endPostgres(data: string): Promise<void> {
  const pid = await postgresPid(data);
  if (pid !== null && send(pid, 'SIGQUIT')) {
    while (send(pid, 0)) {
      await delay(50);
    }
  }
}

/** Whether there is such a process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
