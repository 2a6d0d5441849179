import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Calls `listener` when the process is told once more to end. Signals that nobody listens to keep their effect, which is to
 * end it.
 *
 * @returns stops listening
 */
export function onFurtherSignal(listener: () => void): () => void {
  const heeded = SIGNALS.filter((signal) => process.listenerCount(signal) > 0);
  heeded.forEach((signal) => process.on(signal, listener));
  return () => heeded.forEach((signal) => process.off(signal, listener));
}
