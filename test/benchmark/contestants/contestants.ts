import type { Contestant } from './contestant.js';

/** All of them. Each is loaded only in the process that is for it. */
export const CONTESTANTS: Readonly<Record<string, () => Promise<Contestant>>> = {
  ours: () => import('./ours.js').then(({ ours }) => ours),
  'bare pg client': () => import('./bare-client.js').then(({ bareClient }) => bareClient),
  'graphile-worker': () =>
    import('./graphile-worker.js').then(({ graphileWorker }) => graphileWorker),
  'pg-boss': () => import('./pg-boss.js').then(({ pgBoss }) => pgBoss),
  bullmq: () => import('./bullmq.js').then(({ bullmq }) => bullmq),
  agenda: () => import('./agenda.js').then(({ agenda }) => agenda),
};
