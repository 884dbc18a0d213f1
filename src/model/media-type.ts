/** So many bytes tell what kind of file these are: three frames of the longest that MP3 has. */
export const MEDIA_HEAD = 4608;

/** Of sound that has no head of its own: so many frames stand one behind the other, each where the one before says. */
const FRAMES = 3;

/** What a browser shows or plays of bytes that begin so, for sure; undefined for anything else. Pictures that hold scripts (SVG) are text, and none of these. */
export function mediaTypeOf(head: Uint8Array): string | undefined {
  return KINDS.find(([, isIt]) => isIt(head))?.[0];
}

type Test = (head: Uint8Array) => boolean;

/** Characters of Latin-1 that stand at a place. */
const has = (text: string, at = 0): Test => (head) => isAt(head, text, at);
const all = (...tests: readonly Test[]): Test => (head) => tests.every((test) => test(head));

const KINDS: readonly (readonly [type: string, isIt: Test])[] = [
  ["image/png", has("\x89PNG\r\n\x1a\n")],
  ["image/jpeg", has("\xff\xd8\xff")],
  ["image/gif", has("GIF87a")],
  ["image/gif", has("GIF89a")],
  ["image/webp", all(has("RIFF"), has("WEBP", 8))],
  ["image/avif", has("ftypavif", 4)],
  ["image/bmp", isBitmap],
  ["audio/wav", all(has("RIFF"), has("WAVE", 8))],
  ["audio/ogg", has("OggS\x00")],
  ["audio/flac", has("fLaC")],
  ["audio/mp4", has("ftypM4A ", 4)],
  ["audio/webm", isSoundInWebM],
  ["audio/mpeg", has("ID3")],
  ["audio/mpeg", (head) => isChain(head, mpegFrame)],
  ["audio/aac", (head) => isChain(head, adtsFrame)],
];

function isAt(head: Uint8Array, text: string, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (head[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const find = (head: Uint8Array, text: string): boolean => head.some((_, at) => isAt(head, text, at));

/** "BM", no more than two bytes that anybody uses: nothing is reserved, and the second head is of a length that there is, with one plane and a depth that there is. */
function isBitmap(head: Uint8Array): boolean {
  return isAt(head, "BM", 0) && isAt(head, "\0\0\0\0", 6) && [40, 52, 56, 108, 124].includes(head[14] ?? 0) && isAt(head, "\0\0\0", 15) && isAt(head, "\x01\0", 26) && [1, 4, 8, 16, 24, 32].includes(head[28] ?? 0);
}

/** As MediaRecorder writes it: EBML (RFC 8794) whose document is WebM, and tracks of which none is a picture. */
function isSoundInWebM(head: Uint8Array): boolean {
  return isAt(head, "\x1a\x45\xdf\xa3", 0) && find(head.subarray(0, 64), "\x42\x82\x84webm") && (find(head, "A_OPUS") || find(head, "A_VORBIS")) && !find(head, "V_");
}

interface SoundFrame {
  readonly length: number;
  /** What is the same in all of a sound. */
  readonly format: number;
}

function isChain(head: Uint8Array, frameAt: (head: Uint8Array, at: number) => SoundFrame | undefined): boolean {
  let format: number | undefined;
  for (let at = 0, count = 0; count < FRAMES; count++) {
    const frame = frameAt(head, at);
    if (frame === undefined || (format ??= frame.format) !== frame.format) return false;
    at += frame.length;
  }
  return true;
}

/** Kilobits a second of layer III, of MPEG 1 and of MPEG 2 (ISO/IEC 11172-3, 13818-3). */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

/** A frame of MPEG's layer III that begins there. */
function mpegFrame(head: Uint8Array, at: number): SoundFrame | undefined {
  const [sync = 0, version = 0, rates = 0] = head.subarray(at, at + 3);
  const isFirst = (version & 0x18) === 0x18;
  // The sync word; layer III; no version that is reserved.
  if (sync !== 0xff || (version & 0xe6) !== 0xe2 || (version & 0x18) === 0x08) return undefined;
  const bitrate = BITRATES[isFirst ? 0 : 1][rates >> 4];
  const sampleRate = SAMPLE_RATES[(rates >> 2) & 3];
  if (bitrate === undefined || bitrate === 0 || sampleRate === undefined) return undefined;
  const slower = isFirst ? 1 : (version & 0x18) === 0x10 ? 2 : 4;
  const length = Math.floor(((isFirst ? 144_000 : 72_000) * bitrate) / (sampleRate / slower)) + ((rates >> 1) & 1);
  return { length, format: (version << 2) | ((rates >> 2) & 3) };
}

/** A frame of AAC in ADTS (ISO/IEC 13818-7) that begins there. */
function adtsFrame(head: Uint8Array, at: number): SoundFrame | undefined {
  const [sync = 0, version = 0, profile = 0, high = 0, middle = 0, low = 0] = head.subarray(at, at + 6);
  const length = ((high & 3) << 11) | (middle << 3) | (low >> 5);
  if (sync !== 0xff || (version & 0xf6) !== 0xf0 || ((profile >> 2) & 15) > 12 || length < 8) return undefined;
  return { length, format: (version << 8) | (profile & 0xfd) };
}
