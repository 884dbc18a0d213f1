/** Payloads of the load server. The same sequence number and size always give the same bytes, so a test can make them again. */
import { randomFrom } from "./random.mjs";

const BLOCK_LENGTH = 1 << 16;
/** Numbers of four bytes from here on. */
const MESSAGE_PACK_FROM = 2 ** 20;
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
  return framed(`{"seq":${sequence},"text":"${MULTIBYTE}`, '"}', size, sequence);
}

/**
 * A Socket.IO event `42["tick",{"seq":…,"text":…}]`.
 * @param {number} sequence
 * @param {number} size In bytes, at least `LEAST_TEXT_SIZE`.
 * @returns {Buffer}
 */
export function socketIoPayload(sequence, size) {
  return framed(`42["tick",{"seq":${sequence},"text":"`, '"}]', size, sequence);
}

/**
 * The same object in MessagePack, in as few bytes as it can be, as libraries write it: its number counts from 2^20.
 * @param {number} sequence
 * @param {number} size In bytes, at least 60.
 * @returns {Buffer}
 */
export function messagePackPayload(sequence, size) {
  const payload = Buffer.alloc(size);
  let at = payload.write("\x82\xa3seq\xce", "latin1");
  at = payload.writeUInt32BE(MESSAGE_PACK_FROM + sequence, at);
  at += payload.write("\xa4text", at, "latin1");
  const isShort = size - at - 2 < 256;
  at = payload.writeUInt8(isShort ? 0xd9 : 0xda, at);
  at = isShort ? payload.writeUInt8(size - at - 1, at) : payload.writeUInt16BE(size - at - 2, at);
  fill(payload.subarray(at), textBlock, sequence);
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
 * Text of this size that begins and ends so.
 * @param {string} head
 * @param {string} tail In ASCII.
 * @param {number} size
 * @param {number} sequence
 */
function framed(head, tail, size, sequence) {
  const payload = Buffer.alloc(size);
  const from = payload.write(head);
  fill(payload.subarray(from, size - tail.length), textBlock, sequence);
  payload.write(tail, size - tail.length);
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
