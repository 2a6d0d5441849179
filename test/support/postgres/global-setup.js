import { SharedServer } from './shared-server.js';

/** @type {SharedServer | undefined} */
let server;

/** Jest calls it once, before the first spec. */
export default async function setup() {
  server = new SharedServer();
  await server.open();
}

/** For the global teardown, which runs in the same process. */
export async function close() {
  await server?.close();
}
