/** Payloads of the load server. The same sequence number and size always give the same bytes, so a test can make them again. */
import { randomFrom } from "./random.mjs";

const BLOCK_LENGTH = 1 << 16;
const LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
/** Two, three and four bytes of UTF-8: a reader that counts characters as bytes is found out. */
const MULTIBYTE = "é漢🙂";

const random = randomFrom(1);
const textBlock = Buffer.from(
  Array.from({ length: BLOCK_LENGTH }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join(""),
);
const binaryBlock = Buffer.from(Array.from({ length: BLOCK_LENGTH }, () => Math.floor(random() * 256)));

/** The smallest `size` that `textPayload` takes, for any sequence number below 10^9. */
const LEAST_TEXT_SIZE = 48;

/**
 * A JSON object `{"seq":…,"text":…}` in UTF-8.
 * @param {number} sequence
 * @param {number} size In bytes, at least `LEAST_TEXT_SIZE`.
 * @returns {Buffer}
 */
export function textPayload(sequence, size) {
  if (size < LEAST_TEXT_SIZE) throw new RangeError(`A text payload has at least ${LEAST_TEXT_SIZE} bytes, not ${size}.`);
  const head = `{"seq":${sequence},"text":"${MULTIBYTE}`;
  const tail = '"}';
  const payload = Buffer.alloc(size);
  const from = payload.write(head);
  fill(payload.subarray(from, size - tail.length), textBlock, sequence);
  payload.write(tail, size - tail.length);
  return payload;
}

/**
 * Bytes that are no text: the sequence number in four bytes, big-endian, then pseudo-random ones.
 * @param {number} sequence
 * @param {number} size In bytes, at least 4.
 * @returns {Buffer}
 */
export function binaryPayload(sequence, size) {
  const payload = Buffer.alloc(size);
  payload.writeUInt32BE(sequence);
  fill(payload.subarray(4), binaryBlock, sequence);
  return payload;
}

/**
 * Copies the block into the space as often as it takes, beginning at a place that the sequence number gives.
 * @param {Buffer} space
 * @param {Buffer} block
 * @param {number} sequence
 */
function fill(space, block, sequence) {
  let from = (sequence * 7919) % block.length;
  for (let done = 0; done < space.length; from = 0) done += block.copy(space, done, from);
}
