import { afterEach, describe, expect, it } from "vitest";
import type { Scope } from "../../src/contract/rows.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

/** An engine that has taken in and decoded some messages; answers the rows that a filter lets through. */
async function setup(steps: readonly Step[], options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  engine.take(steps);
  const messages = steps.filter((step) => "payload" in step).length;
  await engine.until(({ decoded, frames }) => frames === messages && decoded >= messages);
  const found = async (filter: string): Promise<number[]> => {
    const before = engine.pushes.at(-1)?.shown ?? 0;
    expect(await engine.call("setScope", { ...EVERYTHING, filter })).toBeNull();
    await engine.until(({ shown, scanned }) => shown > before && scanned === 1);
    const { rows } = await engine.call("rows", { from: 0, to: 500 });
    return rows.map(({ index }) => index);
  };
  return { ...engine, found };
}

describe("what decoders said in the order of a connection", () => {
  const GRAPHQL: Step[] = [
    ...opened(1),
    { payload: '{"type":"connection_init"}', direction: "sent" },
    { payload: '{"type":"connection_ack"}' },
    { payload: '{"id":"a","type":"subscribe","payload":{"query":"subscription S { x }"}}', direction: "sent" },
    { payload: '{"id":"a","type":"next","payload":{"data":{"x":1}}}' },
    { payload: '{"id":"b","type":"next","payload":{"data":{"x":2}}}' },
    { payload: "no message of any protocol" },
  ];

  it("finds the messages of a topic that only the first of them names", async () => {
    const { found } = await setup(GRAPHQL);
    expect(await found("topic:S")).toEqual([3, 4]);
    expect(await found("topic:/^s$/i")).toEqual([3, 4]);
    expect(await found('topic:""')).toEqual([1, 2, 5]);
    expect(await found('-topic:""')).toEqual([0, 3, 4, 6]);
    expect(await found("id:a")).toEqual([3, 4]);
    expect(await found("id:/[ab]/")).toEqual([3, 4, 5]);
  });

  it("completes the topics that are in the capture", async () => {
    const { call } = await setup(GRAPHQL);
    expect(await call("complete", { text: "topic:", at: 6 })).toMatchObject([{ text: "S" }]);
  });

  it("finds ids that are more than are kept, by what each message says itself", async () => {
    const ids = Array.from({ length: 70_000 }, (_, i): Step => ({ payload: `{"op":"get","id":"request-${i}"}`, direction: "sent" }));
    const { found } = await setup([...opened(1), ...ids]);
    expect(await found("id:request-3 OR id:request-69999")).toEqual([4, 70_000]);
    expect(await found("id:/^request-6999[89]$/")).toEqual([69_999, 70_000]);
  });

  it("finds the id of a message that is too long to be decoded as it comes", async () => {
    const { found } = await setup([...opened(1), { payload: `{"op":"put","text":"${"x".repeat(1 << 20)}","id":12}`, direction: "sent" }, { payload: '{"op":"put","id":13}', direction: "sent" }]);
    expect(await found("id:12")).toEqual([1]);
  });
});
