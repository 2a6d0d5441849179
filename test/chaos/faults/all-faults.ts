import { crashPostgres } from './crash-postgres.js';
import type { Fault } from './fault.js';
import { freezeNode } from './freeze-node.js';
import { killNode } from './kill-node.js';
import { lockRows } from './lock-rows.js';
import { postgresOutage } from './postgres-outage.js';
import { restartNode } from './restart-node.js';
import { rollingDeploy } from './rolling-deploy.js';
import { slowStatements } from './slow-statements.js';
import { terminateConnections } from './terminate-connections.js';
import { throttleNode } from './throttle-node.js';

export const ALL_FAULTS: readonly Fault[] = [
  crashPostgres,
  freezeNode,
  killNode,
  lockRows,
  postgresOutage,
  restartNode,
  rollingDeploy,
  slowStatements,
  terminateConnections,
  throttleNode,
];
