/** Milliseconds of processor time that this process takes meanwhile: what other processes do beside it does not count, as it would by the clock. */
export function processorTime(act: () => unknown): number {
  const began = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
