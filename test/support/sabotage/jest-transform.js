import { createTransformer } from '@swc/jest';
import { orderedFault, sabotage } from './sabotage.js';

// What swc does is in .swcrc.
const swc = /** @type {Required<ReturnType<typeof createTransformer>>} */ (createTransformer());

/**
 * @param {string} source
 * @param {string} file
 */
const sabotaged = (source, file) => sabotage(source, file, orderedFault());

/**
 * Compiles for Jest, with the fault that is ordered. Jest keeps what was compiled by the text that it was compiled from.
 *
 * @satisfies {Partial<typeof swc>}
 */
export default {
  process: (source, file, options) => swc.process(sabotaged(source, file), file, options),
  processAsync: (source, file, options) => swc.processAsync(sabotaged(source, file), file, options),
  getCacheKey: (source, file, options) => swc.getCacheKey(sabotaged(source, file), file, options),
};
