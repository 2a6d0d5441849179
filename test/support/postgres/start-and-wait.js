/** Starts a server and stays until it is killed: what a test run looks like that somebody interrupts. */
import process from 'node:process';
import { ServerHandle } from './server-handle.js';

process.on('disconnect', () => process.exit());
process.send?.(await new ServerHandle().start());
