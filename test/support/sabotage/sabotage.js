import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FAULTS } from './faults.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Names the fault that processes, and specs, plant in what they load. */
export const SABOTAGE_VARIABLE = 'SCHEDULER_SABOTAGE';

/** @typedef {keyof typeof FAULTS} FaultName */

/** All faults by name. */
export const FAULT_NAMES = /** @type {readonly FaultName[]} */ (Object.keys(FAULTS));

/**
 * @param {string} name
 * @returns {FaultName}
 * @throws {Error} for any other name
 */
export function faultName(name) {
  const known = FAULT_NAMES.find((fault) => fault === name);
  if (!known) {
    throw new Error(`There is no fault "${name}". Choose from: ${FAULT_NAMES.join(', ')}.`);
  }
  return known;
}

/**
 * The fault that this process is to work with.
 *
 * @returns {FaultName | null}
 */
export function orderedFault() {
  const name = process.env[SABOTAGE_VARIABLE];
  return name ? faultName(name) : null;
}

/**
 * Plants a fault in a source, or as much of it as belongs there.
 *
 * @param {string} source
 * @param {string} file absolute path of the source
 * @param {FaultName | null} name
 * @throws {Error} if the place is not found: the library has changed, and the fault must be told anew
 */
export function sabotage(source, file, name) {
  if (name === null) {
    return source;
  }
  const place = path.relative(ROOT, file).replaceAll(path.sep, '/');
  return FAULTS[name].patches
    .filter((patch) => patch.file === place)
    .reduce((text, { find, replace }) => {
      const parts = text.split(find);
      if (parts.length !== 2) {
        throw new Error(
          `The fault "${name}" looks for a text that stands ${parts.length - 1} times in ${place}, instead of once. ` +
            `Tell it anew in test/support/sabotage/faults.js:\n${find}`,
        );
      }
      return parts.join(replace);
    }, source);
}
