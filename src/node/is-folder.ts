import { statSync } from "node:fs";

/** False for what is not there, too. */
export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
