import type { ExportFrame, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { isPlainText } from "../row-payload.ts";
import { ZipWriter } from "../writing/zip-writer.ts";

/** Each message's payload as a file: `000017-received-trade.json`. */
export function* writePayloads(source: ExportSource, options: ExportOptions): Pieces<ExportTotals> {
  const zip = new ZipWriter(options.now);
  const connections = new Set<number>();
  let frames = 0;
  for (const frame of source.rows()) {
    if (frame.kind !== "message") continue;
    frames += 1;
    connections.add(frame.connection);
    const payload = frame.payload();
    zip.begin(payloadName(frame, payload));
    yield* zip.add(payload);
    yield* zip.endFile();
  }
  yield* zip.end();
  return { connections: connections.size, frames };
}

/** A name that every system takes, and that leads nowhere: digits, letters of ASCII and hyphens. The number makes it one of its kind. */
export function payloadName(frame: ExportFrame, payload: Uint8Array): string {
  const label = (frame.decoded?.label ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "");
  return `${[String(frame.row + 1).padStart(6, "0"), frame.direction ?? "", label].filter((part) => part !== "").join("-")}.${extensionOf(frame, payload)}`;
}

function extensionOf(frame: ExportFrame, payload: Uint8Array): string {
  const first = payload.find((byte) => byte > SPACE);
  if (isPlainText(frame)) return first === BRACE || first === BRACKET ? "json" : "txt";
  return SIGNATURES.find(([, bytes]) => bytes.every((byte, i) => payload[i] === byte))?.[0] ?? "bin";
}

const SPACE = 0x20;
const BRACE = 0x7b;
const BRACKET = 0x5b;
/** How files that are sent over sockets begin. */
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ["png", [0x89, 0x50, 0x4e, 0x47]],
  ["jpg", [0xff, 0xd8, 0xff]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["gz", [0x1f, 0x8b]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["ogg", [0x4f, 0x67, 0x67, 0x53]],
  ["zst", [0x28, 0xb5, 0x2f, 0xfd]],
  ["wasm", [0x00, 0x61, 0x73, 0x6d]],
];
