/** WebAssembly written down as its instructions: for the few loops over bytes that are to go at the speed of memory. */

export const I32 = 0x7f;
export const V128 = 0x7b;

const EMPTY = 0x40;

/** The operations that are used, by their names in the specification (webassembly.github.io/spec/core/binary/instructions.html). */
export const OP = {
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  constant: (value: number) => [0x41, ...signed(value)],
  load: (offset: number) => [0x28, 2, ...unsigned(offset)],
  store: (offset: number) => [0x36, 2, ...unsigned(offset)],
  isAtLeast: [0x4f],
  add: [0x6a],
  multiply: [0x6c],
  rotateLeft: [0x77],
  answer: [0x0f],
  loadLanes: [0xfd, 0x00, 0, 0],
  spread: [0xfd, 0x0f],
  areEqual: [0xfd, 0x23],
  andLanes: [0xfd, 0x4e],
  orLanes: [0xfd, 0x50],
  isAny: [0xfd, 0x53],
  when: (then: readonly number[]) => [0x04, EMPTY, ...then, 0x0b],
  /** Goes on as long as `isDone` is 0. */
  until: (isDone: readonly number[], step: readonly number[]) => [0x02, EMPTY, 0x03, EMPTY, ...isDone, 0x0d, 1, ...step, 0x0c, 0, 0x0b, 0x0b],
} as const;

/** A function of numbers: parameters are its first locals. */
export interface WasmFunction {
  readonly parameters: number;
  readonly answers: boolean;
  /** Types of its other locals. */
  readonly locals: readonly number[];
  readonly code: readonly number[];
}

/** Compiles one function and its memory, of at least so many bytes. */
export function compileWasm({ parameters, answers, locals, code }: WasmFunction, bytes: number): { readonly memory: Uint8Array<ArrayBuffer>; readonly run: (...parameters: number[]) => number } {
  const body = [...list(locals.map((type) => [1, type])), ...code, 0x0b];
  const module = Uint8Array.of(
    ...MAGIC,
    ...section(1, list([[0x60, ...list(Array.from({ length: parameters }, () => [I32])), ...list(answers ? [[I32]] : [])]])),
    ...section(3, list([[0]])),
    ...section(5, list([[0, ...unsigned(Math.ceil(bytes / 2 ** 16))]])),
    ...section(7, list([[1, 0x6d, 2, 0], [1, 0x66, 0, 0]])),
    ...section(10, list([[...unsigned(body.length), ...body]])),
  );
  const { m, f } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as { readonly m: WebAssembly.Memory; readonly f: (...parameters: number[]) => number };
  return { memory: new Uint8Array(m.buffer), run: f };
}

/** And the version. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const list = (entries: readonly (readonly number[])[]): number[] => [...unsigned(entries.length), ...entries.flat()];

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
