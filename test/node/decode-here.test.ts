import { afterEach, expect, it } from "vitest";
import type { Decoder } from "../../src/decode/decoder.ts";
import { json } from "../../src/decode/decoders/json.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import type { DecodeThread } from "../../src/engine/decode-run.ts";
import { Faults } from "../../src/model/faults.ts";
import { decodeHere } from "../../src/node/decode-here.ts";
import { decodeThread, opened, setupEngine } from "../engine/setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

/** JSON's decoder, which at some messages does not come to an end. */
const endless: Decoder = {
  ...json,
  open: (context) => {
    const session = json.open(context);
    return {
      decode: (frame) => {
        if (Buffer.from(frame.bytes).includes("never-ends")) for (;;);
        return session.decode(frame);
      },
    };
  },
};

function setup(...starts: readonly (() => DecodeThread)[]) {
  const left = [...starts];
  const faults = new Faults("command line");
  const engine = setupEngine({ faults, startDecodeThread: () => (left.length > 1 ? left.shift() : left[0])?.() ?? decodeThread() });
  end = engine.end;
  const labels = async () => (await engine.call("rows", { from: 0, to: 10 })).rows.filter(({ kind }) => kind === "message").map(({ label }) => label);
  return { ...engine, faults, labels };
}

it("decodes as a thread does, also what a decoder is loaded for first", async () => {
  const { take, until, labels } = setup(() => decodeHere());
  take([...opened(1), { payload: '{"type":"a"}' }, { payload: Uint8Array.of(0x82, 0xa1, 0x61, 1, 0xa1, 0x62, 0xc3), opcode: 2 }]);
  await until(({ decoded, rows }) => rows > 2 && decoded >= rows);
  expect(await labels()).toEqual(["a", "MessagePack"]);
});

it("ends what takes too long, and a thread takes its place", async () => {
  const { take, until, labels, faults } = setup(() => decodeHere(DECODERS.map((decoder) => (decoder.id === json.id ? endless : decoder)), 100), decodeThread);
  take([...opened(1), { payload: '{"type":"a"}' }, { payload: '{"type":"never-ends"}' }]);
  await until(({ decoded, rows }) => rows > 2 && decoded >= rows);
  expect(await labels()).toEqual(["a", "never-ends"]);
  expect(faults.list.map(({ what }) => what)).toEqual([expect.stringContaining("timed out")]);
});
