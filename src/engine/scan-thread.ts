import { decodeAgain } from "../decode/connection-decoder.ts";
import type { Decoded, Decoder } from "../decode/decoder.ts";
import { loadDecoders, loadState } from "../decode/decoder-loads.ts";
import { derivedText, readDerived } from "../decode/derived-message.ts";
import { DECODERS } from "../decode/registry.ts";
import { lendJson } from "../decode/json/read-json.ts";
import { compileQuery, type CompiledQuery } from "../query/compile.ts";
import { createMarker, type Marker } from "../query/marks.ts";
import type { MessageReader, ScanPiece } from "../query/scan/piece.ts";
import { scanPiece } from "../query/scan/scan-piece.ts";
import { assertNever } from "../model/assert-never.ts";
import { directionOf, opcodeOf } from "../model/frame.ts";
import { readPathKeys, readPaths } from "./read-paths.ts";
import type { ScanAnswer, ScanRequest } from "./scanner.ts";
import { inTurn, type ThreadServer } from "./thread.ts";

/** Answers scan requests, at once where no decoder has to be loaded; keeps the last filter compiled. */
export function createScanResponder(): (request: ScanRequest, answer: (answer: ScanAnswer) => void) => void {
  let key = "";
  let ready: { readonly compiled: CompiledQuery; readonly marker: Marker } | undefined;
  const respond = (request: ScanRequest): ScanAnswer => {
    const wanted = JSON.stringify(request.filter);
    if (ready === undefined || wanted !== key) {
      const { query, context } = request.filter;
      ready = { compiled: compileQuery(query, context), marker: createMarker(query) };
      key = wanted;
    }
    const { compiled, marker } = ready;
    if (request.type === "marks") return { id: request.id, type: "marks", marks: request.texts.map((text) => marker.marks(text)) };
    const { id, piece } = request;
    const spent = piece.payload?.bytes.buffer ?? null;
    switch (request.type) {
      case "scan":
        return { id, type: "scan", found: scanPiece(piece, compiled, READER), spent };
      case "values":
        return { id, type: "values", found: readPaths(piece, compiled, request.paths, request.most, READER), spent };
      case "keys":
        return { id, type: "keys", found: readPathKeys(piece, compiled, request.path, READER), spent };
      default:
        return assertNever(request);
    }
  };
  const take = inTurn(({ request, answer }: { readonly request: ScanRequest; readonly answer: (answer: ScanAnswer) => void }) => {
    const load = request.type !== "marks" ? loadDecoders(lazyIn(request.piece)) : undefined;
    if (load !== undefined) return load.then(() => answer(respond(request)));
    answer(respond(request));
    return undefined;
  });
  return (request, answer) => take({ request, answer });
}

const NONE = new Uint8Array(0);

/** Decoders of rows of a piece that are not loaded yet, or that carry what others read. Cost: one pass over the rows. */
function lazyIn({ decoded, messages }: ScanPiece): Decoder[] {
  const isThere = new Uint8Array(DECODERS.length + 1);
  for (const codes of [decoded?.decoders ?? NONE, messages?.decoded?.decoders ?? NONE]) {
    for (let i = 0; i < codes.length; i++) isThere[codes[i] as number] = 1;
  }
  return DECODERS.filter((decoder: Decoder, place) => isThere[place + 1] === 1 && (loadState(decoder) === "not loaded" || decoder.carries === true));
}

/**
 * Decodes single messages by the decoder that the log names for them. What a protocol learnt from earlier messages (a
 * label, for instance) stands in the log's columns and is read there.
 */
const READER: MessageReader = {
  plainJson: new Set(DECODERS.filter(({ bodyIsText }: Decoder) => bodyIsText).map(({ id }) => id)),
  derivedText,
  lendJson: (bytes, from, to) => lendJson(bytes, from, to).document,
  decode: ({ bits, connection, decoder, bytes, derived }) => {
    const direction = directionOf(bits);
    if (decoder === "" || direction === undefined) return undefined;
    const decodeAlone = (): Decoded | undefined => decodeAgain(connection, decoder, [{ bytes, opcode: opcodeOf(bits), direction }]);
    return derived === undefined ? decodeAlone() : readDerived(derived, decodeAlone);
  },
};

/** What the scan thread of any housing does. */
export const serveScans: ThreadServer = (post) => {
  const respond = createScanResponder();
  return (request: ScanRequest) => respond(request, (answer) => post(answer, answer.type !== "marks" && answer.spent !== null ? [answer.spent] : []));
};
