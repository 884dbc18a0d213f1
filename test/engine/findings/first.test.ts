import { afterEach, describe, expect, it } from "vitest";
import { connectionId } from "../../../src/model/units.ts";
import { setupEngine } from "../setup-engine.ts";
import { readFinding, Story } from "./story.ts";

let end = (): void => {};
afterEach(() => end());

/** One connection was cut; of another address, one of four ended with a code of its own and two without any; one that nothing is wrong with. */
async function setup() {
  const story = new Story();
  story.open(0, { url: "wss://feed.test/cut" }).received(1, "a").close(2, 1006);
  story.open(3, { url: "wss://feed.test/relay?try=1" }).received(4, "a").close(5);
  story.open(6, { url: "wss://feed.test/relay?try=2" }).received(7, "a").close(8);
  story.open(9, { url: "wss://feed.test/relay?try=3" }).received(10, "a").close(11, 4002);
  story.open(12, { url: "wss://feed.test/relay?try=4" }).received(13, "a");
  story.open(14, { url: "wss://feed.test/relays" }).received(15, "a").navigate(16);
  const engine = setupEngine();
  end = engine.end;
  engine.engine.receive({ type: "batch", batch: story.batch() }, () => {});
  await engine.until(({ decoded }) => decoded >= story.rows);
  return async (first?: number, from = 0) => {
    const { items, total, first: told } = await engine.call("findings", { connection: null, from, to: 500, ...(first !== undefined && { first: connectionId(first) }) });
    return { titles: items.map((item) => readFinding(item).title), total, told };
  };
}

describe("findings of all connections, those of one first", () => {
  it("are otherwise the gravest first", async () => {
    const read = await setup();
    expect(await read()).toEqual({ titles: ["Closed with code 1006", "Closed with code 4002"], total: 2, told: null });
  });

  it("begin with those of its address, however light they are, and say how many these are and which codes nobody knows", async () => {
    const read = await setup();
    expect(await read(2)).toEqual({ titles: ["Closed with code 4002", "Closed with code 1006"], total: 2, told: { findings: 1, connections: 4, unknownCodes: 2 } });
    expect((await read(5, 1)).titles).toEqual(["Closed with code 1006"]);
  });

  it("say where there are none of it, also of an address that another begins with; one that ended with its page lacks no code", async () => {
    const read = await setup();
    expect(await read(6)).toEqual({ titles: ["Closed with code 1006", "Closed with code 4002"], total: 2, told: { findings: 0, connections: 1, unknownCodes: 0 } });
    expect((await read(1)).told).toEqual({ findings: 1, connections: 1, unknownCodes: 0 });
    expect((await read(9)).told).toBeNull();
  });
});
