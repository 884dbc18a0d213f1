import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { readSchemaChoice, type SchemaChoice } from "../../model/schema-choice.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { bodyMessage, brokenBody } from "../body-message.ts";
import { gzipWrapping, zlibWrapping } from "../carried/wrappings.ts";
import { isZstdAt } from "../carried/zstd-mark.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, EncodedMessage, FrameToDecode, MessageLike } from "../decoder.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { StreamSession, streamBroken } from "../stream/stream-session.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { readMessage } from "./read-message.ts";
import { readSchemaData, Schema, type ReadyMessage } from "./schema.ts";
import { ruleFits } from "./type-rules.ts";
import { delimitedAt } from "./wire.ts";
import { writeMessage } from "./write-message.ts";

/** A schema and what is what in it, made ready. */
interface Ready {
  readonly choice: SchemaChoice;
  readonly schema: Schema;
}

/** The latest ones: a thread reads many messages by few schemas. */
const made = new Map<string, Ready | undefined>();
const MOST_MADE = 8;

function readyFor(text: string | undefined): Ready | undefined {
  if (text === undefined) return undefined;
  if (!made.has(text)) {
    const choice = readSchemaChoice(text);
    const data = choice && readSchemaData(choice.schema);
    made.set(text, choice && data && { choice, schema: new Schema(data) });
    if (made.size > MOST_MADE) made.delete(made.keys().next().value as string);
  }
  return made.get(text);
}

const typeOf = ({ choice, schema }: Ready, frame: FrameToDecode, bytes = frame.bytes): ReadyMessage | undefined => {
  const rule = choice.rules.find((one) => ruleFits(one, frame, bytes));
  return rule && schema.messages.get(rule.type);
};

type Self = Pick<Decoder, "id" | "name">;

export const openTyped = (self: Self, context: DecodeContext): DecodeSession => new TypedSession(self, context);

class TypedSession implements DecodeSession {
  readonly #self: Self;
  readonly #context: DecodeContext;
  readonly #ready: Ready | undefined;
  readonly #fields = new FieldReader();
  readonly #stream: StreamSession<Exclude<ReturnType<typeof delimitedAt>, string>>;

  constructor(self: Self, context: DecodeContext) {
    this.#self = self;
    this.#context = context;
    this.#ready = readyFor(context.connection.schema);
    this.#stream = new StreamSession({
      decoder: self,
      find: delimitedAt,
      describe: ({ bytes, place, frame, from, to }) => {
        const body = bytes.subarray(place.body, place.to);
        const type = this.#ready && typeOf(this.#ready, frame, body);
        // Places in it are the frame's, where it began there.
        const shift = to - body.length;
        return type === undefined ? streamBroken(self, to - from, say("decode.protobuf-no-type"), from) : this.#tell(type, body, frame, { from, to, shift });
      },
    });
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, topic } = frame;
    const { isPinned } = this.#context;
    const ready = this.#ready;
    const none = (): Decoded | undefined => (isPinned ? streamBroken(this.#self, bytes.length, say("decode.protobuf-no-type")) : undefined);
    if (ready === undefined || (opcode === OPCODE_TEXT && topic === undefined && !isPinned)) return none();
    if (ready.choice.framing === "delimited" && topic === undefined) return this.#stream.decode(frame);
    const type = typeOf(ready, frame);
    if (type === undefined) return none();
    const decoded = this.#tell(type, bytes, frame, { from: 0, to: bytes.length, shift: 0 });
    if (isPinned || decoded.problem === undefined) return decoded;
    // What is compressed, or another topic's, is somebody else's.
    const isOther = topic === undefined ? isCompressed(bytes) : !ready.choice.rules.some((rule) => rule.topic !== undefined && ruleFits(rule, frame, bytes));
    return isOther ? undefined : decoded;
  }

  #tell(type: ReadyMessage, bytes: Uint8Array, { direction }: FrameToDecode, { from, to, shift }: { readonly from: number; readonly to: number; readonly shift: number }): Decoded {
    const name = type.name.slice(type.name.lastIndexOf(".") + 1);
    const isPartial = bytes.length > this.#context.maxBytes;
    if (isPartial || this.#ready === undefined) {
      const fields = { ...this.#fields.read(undefined, direction), label: name };
      return bodyMessage(this.#self, { fields, what: say("decode.too-long"), from, to, problem: undefined, value: undefined, summary: bytesSaid(bytes.length), isPartial: true });
    }
    const { document, problem: found, member } = readMessage(this.#ready.schema, type, bytes);
    const problem = found && { said: found.said, offset: Math.max(0, found.offset + shift) };
    if (problem?.said.code === "decode.protobuf-none" && document !== undefined && document.childrenOf(0) === 0) {
      return brokenBody({ id: this.#self.id, name }, { to: problem.offset, problem, value: document, summary: bytesSaid(bytes.length) });
    }
    const own = this.#fields.read(document, direction);
    const fields = { ...own, label: member ?? own.label ?? name };
    return bodyMessage(this.#self, { fields, what: type.name, from, to, problem, value: document, summary: () => (document === undefined ? "" : abbreviate(document)) });
  }
}

const isCompressed = (bytes: Uint8Array): boolean => gzipWrapping(bytes) !== undefined || zlibWrapping(bytes) !== undefined || isZstdAt(bytes, 0);

export function encodeTyped(value: ValueDocument, { frame, connection }: MessageLike): readonly EncodedMessage[] {
  const ready = readyFor(connection.schema);
  const isDelimited = ready?.choice.framing === "delimited";
  const place = isDelimited ? delimitedAt(frame.bytes, 0) : undefined;
  const body = typeof place === "object" ? frame.bytes.subarray(place.body, place.to) : frame.bytes;
  const type = ready && typeOf(ready, frame, body);
  if (ready === undefined || type === undefined) throw new Refusal(say("decode.protobuf-no-type"));
  const written = writeMessage(ready.schema, type, value, readMessage(ready.schema, type, body));
  return [{ opcode: OPCODE_BINARY, bytes: isDelimited ? withLength(written) : written }];
}

function withLength(bytes: Uint8Array): Uint8Array {
  const head: number[] = [];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  head.push(rest);
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return all;
}
