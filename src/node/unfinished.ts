import { rmSync } from "node:fs";

const paths = new Set<string>();
let noted = (): void => {};

/** A file in the making or a folder of the command's own: it is not to stay where the process is ended before the command is through. */
export function noteUnfinished(path: string): void {
  paths.add(path);
  noted();
}

/** Calls back as soon as there is something that is not to stay: from then on nothing may end the process unheard. */
export function whenUnfinished(callback: () => void): void {
  noted = () => {
    noted = () => {};
    callback();
  };
}

/** Called once, right before the process ends: it waits for nothing. What is gone by then is passed over, and what another program holds. */
export function removeUnfinished(): void {
  for (const path of paths) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // The others are removed all the same.
    }
  }
}
