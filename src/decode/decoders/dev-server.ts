import { OPCODE_BINARY } from "../../model/frame.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

const reading = lazily(() => import("../dev-server/hot-reload-messages.ts"));

const NEXT = /\/_next\/(?:webpack-)?hmr(?:[?#]|$)/;

const inJson = jsonProtocol({
  id: "dev-server",
  name: "Hot Reload",
  suits: ({ url, subprotocol }) => subprotocol === "vite-hmr" || subprotocol === "vite-ping" || NEXT.test(url),
  sure: headPattern(
    String.raw`\{"type":"(?:liveReload|hot|progress|overlay|reconnect)"(?:,"data":(?:true|false|\d+|"(?:linear|circular)"|\{"(?:errors|warnings|runtimeErrors)":…))?\}`,
    String.raw`\{"type":"hash","data":"[\da-f]+"\}`,
    String.raw`\{"name":"[^"]*","action":"(?:sync|built)","time":\d+,"hash":"[\da-f]+","warnings":\[`,
  ),
  reader: () => reading.get().readHotReload,
});

const nextBinary = (frame: FrameToDecode): Decoded | undefined => (frame.opcode === OPCODE_BINARY ? reading.get().readNextBinary(frame) : undefined);

/**
 * Hot reload of development servers: Vite, webpack's dev server, Next.js with Turbopack or webpack. Known so that
 * `-protocol:dev-server` hides it, and one press mutes it.
 *
 * Versions: they have no numbers; as webpack-dev-server 4 to 6 and Next.js 14 to 16 speak.
 *
 * Sure from Vite's subprotocols and Next's path; else from a message that only webpack's server sends at its start, or with each
 * build. A message is named by its type, a custom one by its event; its topic is the file, chunk or page that it is about. The
 * value of Next's binary messages, which React's own tools read, is their text. Not known: what that text says; webpack-dev-server 4 and
 * Next.js before version 16 are read as their source says, and not recorded.
 */
export const devServer = {
  ...inJson,
  isTool: true,
  load: async () => {
    await Promise.all([inJson.load(), reading.load()]);
  },
  open: (context: DecodeContext): DecodeSession => {
    const text = inJson.open(context);
    const isNext = NEXT.test(context.connection.url);
    return { decode: (frame) => (isNext ? nextBinary(frame) : undefined) ?? text.decode(frame) };
  },
  encode: (value, { frame, connection }) => (NEXT.test(connection.url) && nextBinary(frame) !== undefined ? reading.get().refuseNextBinary() : inJson.encode(value)),
} as const satisfies Decoder;
