import { expect, it } from "vitest";
import { frameIndex } from "../../../src/model/units.ts";
import { readMedia } from "../../../src/panel/inspector/read-media.ts";
import { MOST_READ } from "../../../src/panel/inspector/read-range.ts";
import { connectEngine } from "../state/answering-engine.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

it("a picture is read whole, one that is too large is known for what it is, and no more than the head of what is neither picture nor sound", async () => {
  const payload = Uint8Array.of(...PNG, ...Array.from({ length: 20_000 }, (_, i) => i % 251));
  const { client, calls, end } = connectEngine({ bytes: ({ frame, from, to }) => (frame === 0 ? payload : new Uint8Array(5000)).slice(from, to) });
  client.listen(() => {});
  expect(await readMedia(client, frameIndex(0), payload.length)).toEqual({ type: "image/png", bytes: payload });
  expect(await readMedia(client, frameIndex(0), MOST_READ + 1)).toEqual({ type: "image/png", bytes: null });
  const asked = calls.length;
  expect(await readMedia(client, frameIndex(1), 100_000)).toBeNull();
  expect(calls.length).toBe(asked + 1);
  end();
});

it("bytes that cannot be read are told of", async () => {
  const { client, end } = connectEngine();
  client.listen(() => {});
  await expect(readMedia(client, frameIndex(0), 10)).rejects.toThrow("No answer to bytes.");
  end();
});
