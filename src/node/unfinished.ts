import { rmSync } from "node:fs";

const paths = new Set<string>();
let beforeFirst = (): void => {};

/** Makes a file or a folder of the command's own, at once: it is not to stay where the process is ended before the command is through. */
export function makeUnfinished<Made>(make: () => Made, pathOf: (made: Made) => string): Made {
  beforeFirst();
  const made = make();
  paths.add(pathOf(made));
  return made;
}

/** Calls back right before something is made that is not to stay: from then on nothing may end the process unheard. */
export function whenUnfinished(callback: () => void): void {
  beforeFirst = () => {
    beforeFirst = () => {};
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
