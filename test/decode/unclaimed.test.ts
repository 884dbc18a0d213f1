import { describe, expect, it, vi } from "vitest";
import { ConnectionDecoder } from "../../src/decode/connection-decoder.ts";
import { ValueColumns } from "../../src/model/value-columns.ts";
import { UNKNOWN } from "./messages.ts";
import { UNCLAIMED } from "./unclaimed-traffic.ts";

const MESSAGES = 300;
const SIZE = 200;
/** Values of a message that are read before it is left to nobody, on average. */
const MOST_VALUES = SIZE * 0.3;

describe("a message that nobody is sure of", () => {
  for (const { name, frame } of UNCLAIMED) {
    it(`is left after little work: ${name}`, () => {
      const [added, opened, left] = [vi.spyOn(ValueColumns.prototype, "add"), vi.spyOn(ValueColumns.prototype, "open"), vi.spyOn(ValueColumns.prototype, "leave")];
      const decoder = new ConnectionDecoder(UNKNOWN);
      const decoded = Array.from({ length: MESSAGES }, (_, i) => decoder.decode(frame(i, SIZE)));
      const values = (added.mock.calls.length + opened.mock.calls.length + left.mock.calls.reduce((sum, [count]) => sum + count, 0)) / MESSAGES;
      vi.restoreAllMocks();
      expect(decoded.filter((one) => one !== undefined).map((one) => one?.decoder)).toEqual([]);
      expect(values).toBeLessThanOrEqual(MOST_VALUES);
    });
  }
});
