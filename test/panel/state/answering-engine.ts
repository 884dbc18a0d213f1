import type { Answer, CallName, EngineCalls, FromEngine, PieceOf, ProgressOf, ToEngineView } from "../../../src/contract/calls.ts";
import type { Changed } from "../../../src/contract/changed.ts";
import type { LongCall } from "../../../src/contract/long-call.ts";
import { byteLength } from "../../../src/model/units.ts";
import { EngineClient } from "../../../src/panel/engine-client.ts";

/** A promise is answered with what it comes to, when it does. */
type Answers = { readonly [Name in CallName]?: (...given: Parameters<EngineCalls[Name]>) => ReturnType<EngineCalls[Name]> | Promise<ReturnType<EngineCalls[Name]>> };

/** A client over a real port, with an engine at its other end that answers as the test says. */
export function connectEngine(answers: Answers = {}) {
  const { port1, port2 } = new MessageChannel();
  const calls: { readonly name: CallName; readonly argument: unknown }[] = [];
  let readies = 0;
  const post = (message: FromEngine): void => port1.postMessage(message);
  port1.onmessage = ({ data }: MessageEvent<ToEngineView>) => {
    if (data.type === "ready") readies++;
    if (data.type !== "call") return;
    calls.push({ name: data.name, argument: data.argument });
    const answer = answers[data.name] as ((argument: unknown, long: LongCall<ProgressOf<CallName>, PieceOf<CallName>>) => Answer<CallName> | Promise<Answer<CallName>>) | undefined;
    if (answer === undefined) return post({ type: "refused", id: data.id, why: `No answer to ${data.name}.` });
    const value = answer(data.argument, toldOver(post, data.id));
    if (value instanceof Promise) void value.then((later) => post({ type: "answer", id: data.id, value: later }), (why: Error) => post({ type: "refused", id: data.id, why: why.message }));
    else post({ type: "answer", id: data.id, value });
  };
  const client = new EngineClient(port2, (ready) => ready());
  return {
    client,
    calls,
    readies: () => readies,
    push: (part: Partial<Changed>) => post({ type: "changed", changed: { ...NOTHING, ...part } }),
    end: () => {
      client.end("The test is over.");
      port1.close();
    },
  };
}

/** A long call that tells all at once, and that nobody cancels. */
export const toldOver = (post: (message: FromEngine) => void, id: number): LongCall<ProgressOf<CallName>, PieceOf<CallName>> => ({
  progress: (progress) => post({ type: "progress", id, progress }),
  give: (piece) => Promise.resolve(post({ type: "piece", id, piece })),
  goOn: () => {},
  whenCancelled: () => {},
});

export const NOTHING: Changed = {
  revision: 1,
  shown: 0,
  generation: 1,
  cleared: null,
  clearedRows: 0,
  decoded: 0,
  inspected: 0,
  frames: 0,
  messages: 0,
  events: 0,
  unfoldable: 0,
  rows: 0,
  matches: 0,
  muted: null,
  scanned: 1,
  asked: 0,
  sorted: 1,
  filterProblem: null,
  bytes: byteLength(0),
  bytesInMemory: byteLength(0),
  sentRate: { frames: 0, bytes: 0 },
  receivedRate: { frames: 0, bytes: 0 },
  lost: 0,
  faults: [],
  forgottenRequests: 0,
  undecoded: 0,
  stoppedDecoders: [],
  restarts: { times: 0, lost: 0 },
  resumedAt: null,
  storage: { state: "saving", savedAt: null },
  connections: { all: 0, ended: 0 },
  connectionsRevision: 0,
};

/** Until what was posted has been taken and answered. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await new Promise((next) => setTimeout(next, 1));
}
