import type { Open } from './contestant.js';

/** All of them. Each is loaded only in the process that is for it. */
export const CONTESTANTS: Readonly<Record<string, () => Promise<Open>>> = {
  ours: () => import('./ours/ours.js').then(({ openOurs }) => openOurs),
  'ours in memory': () => import('./ours/ours.js').then(({ openOursInMemory }) => openOursInMemory),
  'graphile-worker': () => import('./graphile-worker.js').then((peer) => peer.openGraphileWorker),
  'pg-boss': () => import('./pg-boss.js').then(({ openPgBoss }) => openPgBoss),
  bullmq: () => import('./bullmq.js').then(({ openBullMq }) => openBullMq),
  agenda: () => import('./agenda.js').then(({ openAgenda }) => openAgenda),
  'bare timers': () => import('./bare-timers.js').then(({ openBareTimers }) => openBareTimers),
  '@nestjs/schedule': () => import('./nest-schedule.js').then((peer) => peer.openNestSchedule),
  cron: () => import('./in-memory.js').then(({ openCron }) => openCron),
  croner: () => import('./in-memory.js').then(({ openCroner }) => openCroner),
  'node-schedule': () => import('./in-memory.js').then(({ openNodeSchedule }) => openNodeSchedule),
};
