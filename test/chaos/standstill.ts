import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** Takes the processor away from a process, and gives it back. */
export class Standstill {
  private guard: ChildProcess | undefined;

  constructor(private readonly child: ChildProcess) {}

  begin(): void {
    this.guard ??= guardOf(this.child);
    this.child.kill('SIGSTOP');
  }

  /** It may begin again soon. */
  end(): void {
    this.child.kill('SIGCONT');
  }

  /** For good, or because the process is gone. */
  release(): void {
    this.end();
    this.guard?.stdin?.end();
    this.guard = undefined;
  }
}

/** Should the driver die meanwhile, its pipe breaks, and the process goes on to find its own channel broken. */
function guardOf({ pid }: ChildProcess): ChildProcess {
  const guard = spawn('sh', ['-c', `read -r _; kill -CONT ${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.stdin?.on('error', () => undefined);
  return guard;
}
