import { base64Text } from "./base64.ts";

/** How bytes are written as text to be pasted elsewhere. */
export const BYTE_FORMATS = ["hex", "base64", "c", "javascript", "python"] as const;
export type ByteFormat = (typeof BYTE_FORMATS)[number];

/** Bytes on a line of source code. */
const IN_A_LINE = 16;

/** Cost: several times the bytes, in memory at once. */
export function formatBytes(bytes: Uint8Array, format: ByteFormat): string {
  switch (format) {
    case "hex":
      return hexDigits(bytes).join(" ");
    case "base64":
      return base64Text(bytes);
    case "c":
      return `const unsigned char data[${bytes.length}] = {${lines(bytes, (byte) => `0x${byte}`)}};`;
    case "javascript":
      return `new Uint8Array([${lines(bytes, (byte) => `0x${byte}`)}])`;
    case "python":
      return pythonBytes(bytes);
    default:
      throw new Error(`No format of bytes is called ${JSON.stringify(format satisfies never)}.`);
  }
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Two digits for each byte. */
const hexDigits = (bytes: Uint8Array): string[] => Array.from(bytes, (byte) => DIGITS[byte] as string);

function lines(bytes: Uint8Array, write: (digits: string) => string): string {
  const written = hexDigits(bytes).map(write);
  if (written.length <= IN_A_LINE) return written.join(", ");
  const rows: string[] = [];
  for (let at = 0; at < written.length; at += IN_A_LINE) rows.push(`  ${written.slice(at, at + IN_A_LINE).join(", ")},`);
  return `\n${rows.join("\n")}\n`;
}

function pythonBytes(bytes: Uint8Array): string {
  const written = hexDigits(bytes).map((digits) => `\\x${digits}`);
  if (written.length <= IN_A_LINE) return `b"${written.join("")}"`;
  const rows: string[] = [];
  for (let at = 0; at < written.length; at += IN_A_LINE) rows.push(`    b"${written.slice(at, at + IN_A_LINE).join("")}"`);
  return `(\n${rows.join("\n")}\n)`;
}
