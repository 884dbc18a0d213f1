/** So many bytes tell what kind of file these are. */
export const MEDIA_HEAD = 16;

interface Signature {
  readonly type: string;
  /** Characters of Latin-1 that stand at a place. */
  readonly at: number;
  readonly text: string;
}

const SIGNATURES: readonly (readonly Signature[])[] = [
  [{ type: "image/png", at: 0, text: "\x89PNG\r\n\x1a\n" }],
  [{ type: "image/jpeg", at: 0, text: "\xff\xd8\xff" }],
  [{ type: "image/gif", at: 0, text: "GIF87a" }],
  [{ type: "image/gif", at: 0, text: "GIF89a" }],
  [{ type: "image/webp", at: 0, text: "RIFF" }, { type: "image/webp", at: 8, text: "WEBP" }],
  [{ type: "image/avif", at: 4, text: "ftypavif" }],
  [{ type: "audio/wav", at: 0, text: "RIFF" }, { type: "audio/wav", at: 8, text: "WAVE" }],
  [{ type: "audio/ogg", at: 0, text: "OggS\x00" }],
  [{ type: "audio/flac", at: 0, text: "fLaC" }],
  [{ type: "audio/mpeg", at: 0, text: "ID3" }],
];

/** What a browser shows or plays of bytes that begin so, for sure; undefined for anything else. Pictures that hold scripts (SVG) are text, and none of these. */
export function mediaTypeOf(head: Uint8Array): string | undefined {
  const isAt = ({ at, text }: Signature): boolean => Array.from(text).every((character, i) => head[at + i] === character.charCodeAt(0));
  return SIGNATURES.find((parts) => parts.every(isAt))?.[0]?.type;
}
