import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { beginAnew } from "../socket-io/begin-anew.ts";
import { revisionOf } from "../socket-io/engine-revision.ts";

const session = lazily(() => import("../socket-io/socket-io-session.ts"));

/**
 * Socket.IO over Engine.IO, revisions 4 (Socket.IO 3 and 4) and 3 (Socket.IO 2), with the default parser or with
 * socket.io-msgpack-parser. Without a Socket.IO packet inside, an Engine.IO message is told as such.
 *
 * Versions: Engine.IO 3 and 4; Socket.IO 2 to 4 (its protocol's 4 and 5).
 *
 * Sure from the URL's `EIO=3` or `EIO=4`; else from the server's open packet or an EVENT. An event with an id is a
 * request and its ack the answer. The value of an event or ack is its argument, or the array of them where there is
 * not exactly one, with attachments in their places once the last has come.
 */
export const socketIo = {
  id: "socket.io",
  name: "Socket.IO",
  claims: "connection",
  suits: (connection) => revisionOf(connection) !== undefined,
  recognises: (_frame, head) => SURE.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openSocketIo(context),
  encode: (value, { frame, connection }) => session.get().writePacket(value, frame, revisionOf(connection) ?? 4),
  anew: (connection, sent, posted) => beginAnew(revisionOf(connection) ?? 4, connection.url, sent, posted),
} as const satisfies Decoder;

const SURE = /^(?:0\{"sid":"|42(?:\/[^,[\]{}"]*,)?\d*\["[^"]*")/;
