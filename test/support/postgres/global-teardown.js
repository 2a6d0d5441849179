import { close } from './global-setup.js';

/** Jest calls it once, after the last spec, also when some failed. */
export default close;
