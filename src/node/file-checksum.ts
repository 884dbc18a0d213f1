import { PAYLOAD_PAGE } from "../log/payload-pages.ts";
import { PRIME_1, PRIME_2, STRIPE, Xxhash32, type MixStripes } from "../log/xxhash32.ts";
import { compileWasm, I32, OP } from "./wasm.ts";

/** Where a part stands in memory; before it the lanes. */
const PART = 64;

/**
 * XXH32 of a part of a file: `read` fills memory from a place of it. JavaScript is as quick at it once it is compiled, which a
 * short command on a busy machine does not live to see.
 */
export function fileChecksum(read: (offset: number, into: Uint8Array) => number): (offset: number, length: number, seed: number) => number | undefined {
  let mixer: ReturnType<typeof compileMixer> | undefined;
  return (offset, length, seed) => {
    const { memory, mix } = (mixer ??= compileMixer());
    const part = memory.subarray(PART, PART + length);
    return read(offset, part) === length ? new Xxhash32(seed, mix).end(part) : undefined;
  };
}

function compileMixer(): { readonly memory: Uint8Array; readonly mix: MixStripes } {
  const { memory, run } = compileWasm(MIX, PART + PAYLOAD_PAGE);
  const kept = new Int32Array(memory.buffer, 0, LANES);
  return {
    memory,
    // The bytes are this memory's.
    mix: (lanes, bytes) => {
      const whole = bytes.length - (bytes.length % STRIPE);
      kept.set(lanes);
      run(bytes.byteOffset, bytes.byteOffset + whole);
      lanes.set(kept);
      return whole;
    },
  };
}

const LANES = 4;
const BYTES = 4;

const MIX = (() => {
  const { get, set } = OP;
  const [at, end] = [0, 1] as const;
  const lanes = Array.from({ length: LANES }, (_, lane) => ({ local: 2 + lane, offset: lane * BYTES }));
  const mixOne = ({ local, offset }: { readonly local: number; readonly offset: number }): readonly number[] => [
    ...get(local),
    ...get(at), ...OP.load(offset), ...OP.constant(PRIME_2 | 0), ...OP.multiply,
    ...OP.add, ...OP.constant(13), ...OP.rotateLeft, ...OP.constant(PRIME_1 | 0), ...OP.multiply,
    ...set(local),
  ];
  const code = [
    ...lanes.flatMap(({ local, offset }) => [...OP.constant(0), ...OP.load(offset), ...set(local)]),
    ...OP.until([...get(at), ...get(end), ...OP.isAtLeast], [...lanes.flatMap(mixOne), ...get(at), ...OP.constant(STRIPE), ...OP.add, ...set(at)]),
    ...lanes.flatMap(({ local, offset }) => [...OP.constant(0), ...get(local), ...OP.store(offset)]),
  ];
  return { parameters: 2, answers: false, locals: [I32, I32, I32, I32], code };
})();
