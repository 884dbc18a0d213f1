import { describe, expect, it } from "vitest";
import { hearAnswers } from "../../src/replay/hear-answers.ts";

/** A log of values, each of one path; `decoded` of them are. A clear takes them away, and their places stay counted. */
function setup() {
  const log = { rows: [] as { readonly path: string; readonly value: string }[], cleared: 0, decoded: Infinity };
  const end = (): number => Math.min(log.cleared + log.rows.length, log.decoded);
  const since = (from: number): { readonly path: string; readonly value: string }[] => log.rows.slice(Math.max(0, from - log.cleared), end() - log.cleared);
  const heard = hearAnswers(
    {
      rowCount: async () => log.cleared + log.rows.length,
      receivedValue: async ({ from, path }) => ({ value: since(from).findLast((row) => row.path === path)?.value ?? null, looked: Math.max(from, end()) }),
      receivedMatch: async ({ from, filter }) => ({ matches: since(from).some(({ value }) => value === filter), looked: Math.max(from, end()) }),
    },
    0,
  );
  const clear = async (paths: readonly string[], filter = "", rest = async () => {}): Promise<void> => {
    await heard.keep({ paths, filter }, rest);
    log.cleared += log.rows.length;
    log.rows = [];
  };
  return { log, heard, clear };
}

describe("answers of a run", () => {
  it("are known also where the log was cleared before the run asked for them, the newest first", async () => {
    const { log, heard, clear } = setup();
    await heard.begin();
    log.rows.push({ path: ".token", value: "t1" }, { path: ".id", value: "7" });
    await clear([".token", ".id"]);
    expect(await heard.answer(".token")).toBe("t1");
    log.rows.push({ path: ".token", value: "t2" });
    expect(await heard.answer(".token")).toBe("t2");
    expect(await heard.answer(".id")).toBe("7");
    expect(await heard.answer(".other")).toBeNull();
  });

  it("of the repetition before are none of the next, cleared or not", async () => {
    const { log, heard, clear } = setup();
    await heard.begin();
    log.rows.push({ path: ".token", value: "t1" });
    await clear([".token"]);
    await heard.begin();
    expect(await heard.answer(".token")).toBeNull();
  });

  it("that are not decoded yet are waited for before the log is cleared, and not for ever", async () => {
    const { log, heard, clear } = setup();
    await heard.begin();
    log.decoded = 0;
    log.rows.push({ path: ".token", value: "t1" });
    let rests = 0;
    await clear([".token"], "", async () => void (++rests === 3 && (log.decoded = Infinity)));
    expect([await heard.answer(".token"), rests]).toEqual(["t1", 3]);
    log.decoded = 1;
    log.rows.push({ path: ".never", value: "n" });
    await clear([".never"], "n");
    expect(await heard.answer(".never")).toBeNull();
  });

  it("that were to stop it stop it, cleared or not", async () => {
    const { log, heard, clear } = setup();
    log.rows.push({ path: ".end", value: "enough" });
    await clear([], "enough");
    expect(await heard.isStopped("enough")).toBe(true);
  });
});
