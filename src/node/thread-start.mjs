/** What a thread begins with: Node starts no TypeScript as a thread everywhere. */
import { workerData } from "node:worker_threads";
import { readTypeScript } from "./read-typescript.mjs";

await readTypeScript();
await import(workerData);
