import type { DecodeThread } from "../engine/decode-run.ts";
import type { LookThread } from "../engine/looker.ts";
import type { ScanThread } from "../engine/scanner.ts";
import type { Thread } from "../engine/thread.ts";
import { prepareNodeThreads, startNodeThread, threadScript } from "./node-thread.ts";

/** Megabytes. A message is decoded whole up to 1 MiB, which takes some tens of them at the most. */
const DECODE_MEMORY = 512;
/** Megabytes. What somebody looks at is decoded whole up to 64 MiB. */
const LOOK_MEMORY = 1024;

/** Milliseconds. Nobody watches as a table is drawn; and beside other programs, each on a core of its own, a piece takes as long as they let it. */
export const DECODE_DEADLINE = 15_000;

type Asked<One> = One extends Thread<infer Request, infer _Returned> ? Request : never;
type Answered<One> = One extends Thread<infer _Given, infer Returned> ? Returned : never;

export const prepareScanThreads = (): Promise<() => ScanThread> => prepareNodeThreads<Asked<ScanThread>, Answered<ScanThread>>(threadScript("scan"));
export const prepareDecodeThreads = (): Promise<() => DecodeThread> => prepareNodeThreads<Asked<DecodeThread>, Answered<DecodeThread>>(threadScript("decode"), { memory: DECODE_MEMORY });
export const prepareLookThreads = (): Promise<() => LookThread> => prepareNodeThreads<Asked<LookThread>, Answered<LookThread>>(threadScript("look"), { memory: LOOK_MEMORY });

/** For what seldom needs one. */
export const startScanThread = (): ScanThread => startNodeThread(threadScript("scan"));
export const startDecodeThread = (): DecodeThread => startNodeThread(threadScript("decode"), { memory: DECODE_MEMORY });
export const startLookThread = (): LookThread => startNodeThread(threadScript("look"), { memory: LOOK_MEMORY });
