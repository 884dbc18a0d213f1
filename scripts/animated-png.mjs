/** Pictures one after the other as an animated PNG: https://www.w3.org/TR/png-3/#apng-frame-based-animation */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE_LENGTH = 8;
/** Length, type and checksum of a chunk. */
const CHUNK_FRAME = 12;

/**
 * `pictures`: PNGs of one size and kind, as one browser takes them; each is shown for so many milliseconds, and the whole again and again.
 * @param {readonly { readonly png: Uint8Array, readonly milliseconds: number }[]} pictures
 * @returns {Buffer}
 */
export function animatedPng(pictures) {
  const read = pictures.map(({ png, milliseconds }) => ({ chunks: chunksOf(Buffer.from(png)), milliseconds, signature: Buffer.from(png).subarray(0, SIGNATURE_LENGTH) }));
  const [first] = read;
  const header = first?.chunks.find(({ type }) => type === "IHDR")?.data;
  if (first === undefined || header === undefined) throw new Error("There is no picture to animate.");
  let sequence = 0;
  const frames = read.flatMap(({ chunks, milliseconds }, at) => {
    if (!chunks.some(({ type, data }) => type === "IHDR" && data.equals(header))) throw new Error(`Picture ${at + 1} is of another size or kind than the first.`);
    const control = Buffer.alloc(26);
    control.writeUInt32BE(sequence++, 0);
    // Width and height, as the header has them.
    header.copy(control, 4, 0, 8);
    control.writeUInt16BE(milliseconds, 20);
    control.writeUInt16BE(1000, 22);
    const data = packedAnew(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((part) => part.data)), header);
    if (at === 0) return [chunk("fcTL", control), chunk("IDAT", data)];
    const number = Buffer.alloc(4);
    number.writeUInt32BE(sequence++);
    return [chunk("fcTL", control), chunk("fdAT", Buffer.concat([number, data]))];
  });
  const animation = Buffer.alloc(8);
  animation.writeUInt32BE(pictures.length, 0);
  return Buffer.concat([first.signature, chunk("IHDR", header), chunk("acTL", animation), ...frames, chunk("IEND", Buffer.alloc(0))]);
}

/**
 * Chrome filters and packs for speed; lines of a screen as they are, packed well, take two thirds of it.
 * @param {Buffer} packed @param {Buffer} header Of 8 bits a channel, with or without alpha, not interlaced.
 */
function packedAnew(packed, header) {
  const step = header[9] === 6 ? 4 : 3;
  const length = header.readUInt32BE(0) * step;
  const lines = inflateSync(packed);
  let before = Buffer.alloc(length);
  for (let start = 0; start < lines.length; start += length + 1) {
    const line = lines.subarray(start + 1, start + 1 + length);
    const filter = lines[start];
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : (line[i - step] ?? 0);
      const up = before[i] ?? 0;
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? nearest(left, up, i < step ? 0 : (before[i - step] ?? 0)) : 0;
      line[i] = (line[i] ?? 0) + guess;
    }
    lines[start] = 0;
    before = line;
  }
  return deflateSync(lines, { level: 9, memLevel: 9 });
}

/** Paeth's: https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth @param {number} left @param {number} up @param {number} corner */
function nearest(left, up, corner) {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

/** @param {Buffer} png */
function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE_LENGTH; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + CHUNK_FRAME;
  }
  return chunks;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(data.length + CHUNK_FRAME);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), data.length + 8);
  return framed;
}
