import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../src/model/refusal.ts";
import { say } from "../../src/model/said.ts";
import { epochMilliseconds, milliseconds } from "../../src/model/units.ts";
import { ANSWER_WAIT_MS, transcriptProblem, TranscriptRun, type RunEdges, type RunEnd, type RunOptions, type RunProgress } from "../../src/replay/transcript-run.ts";
import type { Transcript, TranscriptMessage } from "../../src/replay/transcript.ts";

const messagesAt = (...times: number[]): TranscriptMessage[] => times.map((at, place) => ({ form: "text", text: `m${place}`, at: milliseconds(at) }));
const AS_BEFORE: RunOptions = { pace: 1, repeat: 1, stopAt: "" };

/** A run whose clock goes on only when the test says so. */
function setup(transcript: Partial<Transcript>, options: Partial<RunOptions> = {}, edges: Partial<RunEdges> = {}, isPaused = false) {
  let now = 1000;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const sent: (readonly [at: number, text: string])[] = [];
  const calls: number[] = [];
  const told: RunProgress[] = [];
  let uuid = 0;
  const run = new TranscriptRun(
    { messages: [], variables: [], ...transcript },
    { ...AS_BEFORE, ...options },
    {
      now: () => epochMilliseconds(now),
      later: (callback, wait) => {
        const timer = { at: now + wait, callback };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      uuid: () => `uuid ${++uuid}`,
      send: async (messages) => {
        calls.push(messages.length);
        for (const { message } of messages) sent.push([now - 1000, message.type === "text" ? message.text : `${message.bytes.length} bytes`]);
      },
      begin: async () => {},
      answer: async () => null,
      isStopped: async () => false,
      changed: (progress) => told.push(progress),
      ...edges,
    },
    isPaused,
  );
  let end: RunEnd | undefined;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) await Promise.resolve();
  };
  return {
    run,
    sent,
    calls,
    told,
    end: () => end,
    begin: async () => {
      void run.run().then((value) => (end = value));
      await settle();
    },
    settle,
    /** Lets time pass, timer by timer. */
    pass: async (wait: number) => {
      const until = now + wait;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

describe("a transcript that is run", () => {
  it("goes with the pauses that its messages had", async () => {
    const { begin, pass, sent, end } = setup({ messages: messagesAt(0, 100, 100, 400) });
    await begin();
    await pass(1000);
    expect(sent).toEqual([[0, "m0"], [100, "m1"], [100, "m2"], [400, "m3"]]);
    expect(end()).toEqual({ type: "all sent" });
  });

  it("goes in half the time, at once, and as often as it is told to", async () => {
    const half = setup({ messages: messagesAt(0, 100, 400) }, { pace: 2, repeat: 2 });
    await half.begin();
    await half.pass(1000);
    // Again after the mean of its pauses.
    expect(half.sent.map(([at]) => at)).toEqual([0, 50, 200, 300, 350, 500]);
    const alone = setup({ messages: messagesAt(0) }, { pace: 2, repeat: 3 });
    await alone.begin();
    await alone.pass(2000);
    expect(alone.sent.map(([at]) => at)).toEqual([0, 500, 1000]);
    const atOnce = setup({ messages: messagesAt(0, 100, 400) }, { pace: null, repeat: 3 });
    await atOnce.begin();
    expect(atOnce.sent.map(([at]) => at)).toEqual(Array.from({ length: 9 }, () => 0));
    expect(atOnce.calls).toEqual([3, 3, 3]);
  });

  it("sends all in order at any pace, and none twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(500), { minLength: 1, maxLength: 20 }), fc.constantFrom(0.5, 1, 10, null), fc.integer({ min: 1, max: 3 }), async (gaps, pace, repeat) => {
        let at = 0;
        const { begin, pass, sent, end } = setup({ messages: messagesAt(...gaps.map((gap) => (at += gap))) }, { pace, repeat });
        await begin();
        await pass(100_000);
        expect(sent.map(([, text]) => text)).toEqual(Array.from({ length: repeat }, () => gaps.map((_, place) => `m${place}`)).flat());
        expect(end()).toEqual({ type: "all sent" });
      }),
      { numRuns: 40 },
    );
  });

  it("stands still while it is paused, and goes on where it was", async () => {
    const { run, begin, pass, sent } = setup({ messages: messagesAt(0, 100, 200) });
    await begin();
    run.pause();
    await pass(5000);
    expect(sent).toHaveLength(1);
    run.resume();
    await pass(0);
    expect(sent.map(([, text]) => text)).toEqual(["m0", "m1"]);
    await pass(100);
    expect(sent).toHaveLength(3);
  });

  it("goes message by message where the user steps", async () => {
    for (const pace of [1, null]) {
      const { run, begin, pass, sent } = setup({ messages: messagesAt(0, 10_000, 20_000) }, { pace }, {}, true);
      await begin();
      await pass(10);
      expect(sent).toEqual([]);
      run.step();
      await pass(10);
      expect(sent).toHaveLength(1);
      run.step();
      await pass(10);
      expect(sent).toHaveLength(2);
      run.resume();
      await pass(30_000);
      expect(sent).toHaveLength(3);
    }
  });

  it("sends nothing more once it is stopped, also while a message is on its way", async () => {
    let letGo = (): void => {};
    const { run, begin, pass, end, told } = setup({ messages: messagesAt(0, 0, 0) }, {}, { send: () => new Promise((resolve) => (letGo = resolve)) });
    await begin();
    run.stop();
    letGo();
    await pass(1000);
    expect(end()).toEqual({ type: "stopped" });
    expect(told.at(-1)).toMatchObject({ sent: 1, all: 3 });
  });

  it("stops at a filter, and says why it was not sent further", async () => {
    let matches = false;
    const stopping = setup({ messages: messagesAt(0, 100, 200) }, { stopAt: "type:error" }, { isStopped: async () => matches });
    await stopping.begin();
    matches = true;
    await stopping.pass(1000);
    expect(stopping.sent).toHaveLength(1);
    expect(stopping.end()).toEqual({ type: "matched" });
    const refused = setup({ messages: messagesAt(0) }, {}, { send: () => Promise.reject(new Refusal(say("live.ended"))) });
    await refused.begin();
    expect(refused.end()).toEqual({ type: "refused", why: say("live.ended") });
  });

  it("takes a value of an answer into the next message, and sends nothing before it is there", async () => {
    let token: string | null = null;
    const messages = [...messagesAt(0), { form: "template", text: '{"auth":"{{answer .token}}","n":{{counter}},"at":{{now}},"id":"{{uuid}}","me":"{{me}}"}', at: milliseconds(0) } as const];
    for (const pace of [1, null]) {
      token = null;
      const { begin, pass, sent, told } = setup({ messages, variables: [{ name: "me", value: 'a"b', isSecret: true }] }, { pace }, { answer: async (path) => (path === ".token" ? token : null) });
      await begin();
      await pass(1000);
      expect(sent).toHaveLength(1);
      expect(told.at(-1)).toMatchObject({ awaits: ".token" });
      token = "secret";
      await pass(100);
      expect(JSON.parse(sent[1]?.[1] ?? "")).toMatchObject({ auth: "secret", n: 2, id: "uuid 1", me: 'a"b' });
    }
  });

  it("ends with a word where no answer comes", async () => {
    const messages = [{ form: "template", text: "{{answer .token}}", at: milliseconds(0) } as const];
    const { begin, pass, sent, end } = setup({ messages });
    await begin();
    await pass(ANSWER_WAIT_MS + 100);
    expect(sent).toEqual([]);
    expect(end()).toEqual({ type: "refused", why: say("replay.no-answer", { path: ".token", ms: ANSWER_WAIT_MS }) });
  });

  it("takes no answer of the repetition before", async () => {
    let begun = 0;
    const messages = [{ form: "template", text: "{{answer .n}}", at: milliseconds(0) } as const];
    const { begin, pass, sent } = setup({ messages }, { repeat: 2, pace: null }, { begin: async () => void begun++, answer: async () => String(begun) });
    await begin();
    await pass(100);
    expect(sent.map(([, text]) => text)).toEqual(["1", "2"]);
  });

  it("is not begun with a value that nobody knows", () => {
    const at = milliseconds(0);
    expect(transcriptProblem({ messages: [{ form: "text", text: "{{me}}", at }], variables: [] })).toBeNull();
    expect(transcriptProblem({ messages: [{ form: "template", text: "{{me}}", at }], variables: [] })).toMatchObject({ code: "replay.in-message", values: { n: 1, why: { code: "replay.no-variable" } } });
    expect(transcriptProblem({ messages: [{ form: "template", text: "{{me}}", at }], variables: [{ name: "me", value: "", isSecret: false }] })).toBeNull();
  });

  describe("at once", () => {
    const MANY = 5000;
    const many = (form: TranscriptMessage["form"], text: string): TranscriptMessage[] => Array.from({ length: MANY }, () => ({ form, text, at: milliseconds(0) }));

    /** What is sent stays on its way until it is let go, or fails. */
    function onTheirWay(messages: readonly TranscriptMessage[], options: Partial<RunOptions> = {}) {
      const ways: { readonly count: number; readonly arrive: () => void; readonly fail: (why: Error) => void }[] = [];
      const send: RunEdges["send"] = ({ length }) => new Promise((arrive, fail) => void ways.push({ count: length, arrive, fail }));
      const set = setup({ messages }, { pace: null, ...options }, { send });
      // All that needs no time is done by then, whatever it takes.
      const settle = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
      return { ...set, ways, settle, begin: () => set.begin().then(settle) };
    }

    it("some batches of short texts are on their way together, and the next goes once the first has gone", async () => {
      const { ways, begin, settle, end } = onTheirWay(many("text", "m"));
      await begin();
      expect(ways.map(({ count }) => count)).toEqual(Array.from({ length: 8 }, () => 500));
      ways[0]?.arrive();
      await settle();
      expect(ways).toHaveLength(9);
      for (let i = 1; i < 10; i++) {
        ways[i]?.arrive();
        await settle();
      }
      expect(end()).toEqual({ type: "all sent" });
      expect(ways.reduce((sum, { count }) => sum + count, 0)).toBe(MANY);
    });

    it.each([
      ["bytes, which go in several pieces", many("base64", "AA=="), {}],
      ["texts too long for one piece", many("text", "m".repeat(200_000)).slice(0, 3), {}],
      ["messages behind which it may have to stop", many("text", "m"), { stopAt: "over" }],
    ])("%s, go one batch after the other", async (_, messages, options) => {
      const { ways, begin, settle } = onTheirWay(messages, options);
      await begin();
      expect(ways).toHaveLength(1);
      ways[0]?.arrive();
      await settle();
      expect(ways).toHaveLength(2);
    });

    it("ends where one is refused, once nothing is on its way any more", async () => {
      const { ways, begin, settle, end, told } = onTheirWay(many("text", "m"));
      await begin();
      ways[0]?.arrive();
      await settle();
      ways[1]?.fail(new Refusal(say("live.ended")));
      await settle();
      expect(end()).toBeUndefined();
      for (const { fail } of ways.slice(2)) fail(new Refusal(say("live.ended")));
      await settle();
      expect(end()).toEqual({ type: "refused", why: say("live.ended") });
      expect([ways.length, told.at(-1)?.sent]).toEqual([9, 500]);
    });
  });
});
