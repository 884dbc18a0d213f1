import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const text = (said: string): number[] => [bytesOf(said).length, ...bytesOf(said)];
const about = (...parts: readonly (number | readonly number[])[]): Uint8Array => Uint8Array.from([...text("notes"), ...parts.flat()]);
const token = sent(about(2, 0, text("secret"), text("4.8.0")));

describe("Hocuspocus", () => {
  it("tells what is said of a document, by its name", () => {
    const state = '{"user":{"name":"Zoë"}}';
    const frames = [token, received(about(2, 2, text("read-write"))), sent(about(0, 0, 1, 0)), received(about(1, bytesOf(state).length + 4, 1, 7, 1, text(state))), sent(about(5, text("hello"))), received(about(8, 1)), received(about(7, text("gone")))];
    expect(told("hocuspocus", frames)).toEqual([
      "request auth #notes @notes",
      "answer authenticated ←notes @notes",
      "control sync step 1 @notes",
      "event awareness @notes",
      "event stateless @notes",
      "control sync status @notes",
      "control close @notes",
    ]);
    const decoded = decodeAll(frames);
    expect(valueOf(decoded[3])).toEqual({ "7": { user: { name: "Zoë" } } });
    expect(valueOf(decoded[4])).toBe("hello");
  });

  it("tells a refusal as the error that it is, and nothing of the token", () => {
    const [shown, denied] = decodeAll([token, received(about(2, 1, text("no such user")))]);
    expect(JSON.stringify(shown)).not.toContain("secret");
    expect(denied).toMatchObject({ kind: "error", label: "permission denied", answers: "notes", summary: "no such user" });
  });

  it("is silent before a token is shown, and takes any bytes without a throw", () => {
    expect(told("hocuspocus", [received(about(5, text("hello")))])).toEqual(["nobody"]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([token, received(bytes), received(about(...bytes))]); decodeAll([received(bytes)], UNKNOWN, { pinned: "hocuspocus" }); }));
  });
});
