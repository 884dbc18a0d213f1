import { afterEach, describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import type { DecodeThread } from "../../src/engine/decode-run.ts";
import type { DecodeAnswer, DecodeRequest, DecodeStep } from "../../src/engine/decode-thread.ts";
import { startNodeThread } from "../../src/node/node-thread.ts";
import { IN_FULL } from "../some-of.ts";
import { useBuiltThread } from "./built-thread.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

/** Real threads: each starts anew. */
const PATIENCE_MS = 120_000;
const script = useBuiltThread("hostile-thread-main");

let end = (): void => {};
afterEach(() => end());

/** An engine whose JSON decoder breaks at some messages, on a real thread with so many megabytes. */
function setup(memory: number, decodeDeadline?: number) {
  const threads: { isEnded: boolean }[] = [];
  const startDecodeThread = (): DecodeThread => {
    const thread = startNodeThread<DecodeRequest, DecodeAnswer | DecodeStep>(script(), { memory });
    const own = { isEnded: false };
    threads.push(own);
    const endThread = thread.end.bind(thread);
    return Object.assign(thread, {
      end: () => {
        own.isEnded = true;
        endThread();
      },
    });
  };
  const engine = setupEngine({ startDecodeThread, decodeDeadline });
  end = engine.end;
  const labels = async () => {
    const { rows } = await engine.call("rows", { from: 0, to: MOST_ROWS });
    return rows.filter(({ kind }) => kind === "message").map(({ label, connection }) => `${connection} ${label}`);
  };
  return { ...engine, threads, labels };
}

const text = (type: string, connection = 1): Step => ({ connection, payload: JSON.stringify({ type }) });

describe("a decoder that breaks, on a real thread", () => {
  // What never ends is stopped sooner than by itself: nothing here needs as long. What allocates ends by its memory.
  for (const [how, memory, deadline] of [["never-ends", 256, 1000], ["allocates", 64, undefined]] as const) {
    it.runIf(IN_FULL || how === "never-ends")(`(${how}) is stopped, named, and set aside for its connection; the table and other connections go on`, { timeout: PATIENCE_MS }, async () => {
      const { take, until, labels, threads, call } = setup(memory, deadline);
      take([...opened(1), ...opened(2), text("a"), text(how), text("b", 2)]);
      // The log stands and is read meanwhile: nobody waits for the decoder.
      await until(({ frames }) => frames === 3);
      expect(await labels()).toEqual(["1 text", "1 text", "2 text"]);
      const broken = await until(({ undecoded }) => undecoded === 1);
      expect(broken.stoppedDecoders).toEqual([{ decoder: "JSON", url: "ws://feed.test/1", messages: 1, isAside: false, notLoaded: null }]);
      expect(await labels()).toEqual(["1 a", "1 text", "2 b"]);

      take([text(how), text(how), text("c"), text("d", 2), { payload: '42["event"]' }]);
      const aside = await until(({ stoppedDecoders, decoded, frames }) => stoppedDecoders[0]?.isAside === true && decoded > frames);
      expect(aside).toMatchObject({ frames: 8, lost: 0, stoppedDecoders: [{ decoder: "JSON", messages: 3, isAside: true }] });
      // Plain text, and what other decoders know.
      expect((await labels()).slice(3)).toEqual(["1 text", "1 text", "1 text", "2 d", "1 event"]);
      expect(threads.filter(({ isEnded }) => !isEnded)).toHaveLength(1);

      // It costs no more threads.
      const started = threads.length;
      take([text(how), text("e"), text("f", 2)]);
      await until(({ frames, decoded }) => frames === 11 && decoded > frames);
      expect([(await labels()).slice(8), threads.length]).toEqual([["1 text", "1 text", "2 f"], started]);

      // The user may try again.
      await call("decodeAs", { connection: 1 as never, decoder: "json" });
      await until(({ stoppedDecoders }) => stoppedDecoders.length === 0);
    });
  }

  it("(throws) is told at the message itself, and no thread ends for it", { timeout: PATIENCE_MS }, async () => {
    const { take, until, labels, threads } = setup(256);
    take([...opened(1), text("a"), text("throws"), text("b")]);
    await until(({ frames, decoded }) => frames === 3 && decoded > frames);
    expect(await labels()).toEqual(["1 a", "1 JSON failed", "1 b"]);
    expect(threads).toHaveLength(1);
  });
});
