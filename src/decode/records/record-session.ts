import type { Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode, Layer } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { severalRecords, type RecordFields } from "./record-message.ts";
import type { RecordRange } from "./record-range.ts";
import { loneRecord } from "./split-records.ts";

export interface RecordFormat {
  readonly decoder: Pick<Decoder, "id" | "name">;
  /** Undefined unless sure. */
  split(frame: FrameToDecode): readonly RecordRange[] | undefined;
  /** The document is lent: read it now. */
  read(document: ValueDocument | undefined, direction: Direction): RecordFields;
}

const HEAD_BYTES = 4096;

/** Frames that hold JSON texts one after another, each of which is a message. */
export class RecordSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #format: RecordFormat;

  constructor(context: DecodeContext, format: RecordFormat) {
    this.#context = context;
    this.#format = format;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (bytes.length > maxBytes) return isPinned ? this.#untold(bytes, "JSON", "event", { what: say("decode.too-long"), isPartial: true }) : undefined;
    const ranges = this.#format.split(frame) ?? (isPinned ? loneRecord(bytes) : undefined);
    if (ranges === undefined || ranges.length === 0) {
      if (!isPinned) return undefined;
      const problem = { said: say("decode.records-none", { format: this.#format.decoder.name }), offset: 0 };
      return this.#untold(bytes, "not JSON", "error", { what: say("decode.broken"), problem });
    }
    return severalRecords(this.#format.decoder, frame, ranges, (document) => this.#format.read(document, frame.direction));
  }

  #untold(bytes: Uint8Array, label: string, kind: Decoded["kind"], { isPartial = false, ...layer }: Pick<Layer, "what"> & Partial<Pick<Layer, "problem">> & { readonly isPartial?: boolean }): Decoded {
    return new DecodedMessage({
      decoder: this.#format.decoder.id,
      label,
      kind,
      summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)),
      layers: [{ stage: "body", name: this.#format.decoder.name, from: 0, to: bytes.length, problem: undefined, ...layer }],
      isPartial,
    });
  }
}
