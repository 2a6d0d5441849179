import { createServer } from 'node:net';

/** Below the range from which systems take the ports of outgoing connections. */
const FROM = 20_000;
const TO = 32_000;
const TRIES = 50;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FROM + Math.floor(Math.random() * (TO - FROM));
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(`No free port between ${FROM} and ${TO} was found.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
