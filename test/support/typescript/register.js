/**
 * Lets a process of its own run TypeScript sources, for tests that start, kill and restart applications:
 *
 *   node --import ./test/support/typescript/register.js sample/01-quick-start/main.ts
 */
import { register } from 'node:module';

register('./hooks.js', import.meta.url);
