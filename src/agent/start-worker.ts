/** Starts a worker that does nothing, of this script; resolves once it runs, with whether it does. */
export function startWorker(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (typeof Worker === "undefined") return resolve(false);
    const worker = new Worker(url);
    const answer = (runs: boolean): void => {
      URL.revokeObjectURL(url);
      resolve(runs);
    };
    worker.onmessage = () => answer(true);
    worker.onerror = () => answer(false);
  });
}
