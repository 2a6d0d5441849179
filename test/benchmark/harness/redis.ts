import { connect } from 'node:net';

const DEFAULT_URL = 'redis://localhost:6379';
const PATIENCE_MS = 2000;

/** Where a Redis answers: `REDIS_URL`, or the usual port of this machine. */
export async function findRedis(): Promise<string | null> {
  const url = process.env.REDIS_URL ?? DEFAULT_URL;
  if (await answers(url)) {
    return url;
  }
  process.stderr.write(
    `!! No Redis answers at ${url}: BullMQ is left out. Start one, or say in REDIS_URL where one is.\n`,
  );
  return null;
}

function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port || 6379), hostname);
    const tell = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => tell(false));
    socket.on('error', () => tell(false));
    // Whatever it says to this, even that it wants a password, it is there.
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', () => tell(true));
  });
}
