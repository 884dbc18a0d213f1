import { describe, expect, it } from "vitest";
import { attachAgain, openAndClose, openAtOnce, useMany } from "../e2e/many-scenarios.ts";

const many = useMany();

/** What may be held of one attaching: the rows and events of two navigations. The process itself takes more, of Chrome's own. */
const BYTES_PER_ATTACH = 16_000;

describe("many at once, in full", () => {
  it("300 sockets of a tab", () => openAtOnce(many, 300));
  it("1,000 sockets opened and closed within 10 s", () => openAndClose(many, 1000, 10));
  it("attaching 200 times leaves one debugger, and memory does not grow with them", async () => {
    expect(await attachAgain(many, 200)).toBeLessThan(200 * BYTES_PER_ATTACH);
  });
});
