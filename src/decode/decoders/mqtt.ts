import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { decodeHead } from "../utf8-text.ts";

const session = lazily(() => import("../mqtt/mqtt-session.ts"));

/**
 * MQTT 3.1, 3.1.1 and 5 (docs.oasis-open.org/mqtt): a stream of control packets a direction, cut into messages anywhere.
 *
 * Versions: 3.1, 3.1.1 and 5.
 *
 * Sure from the subprotocol; else from a CONNECT. What asks to be acknowledged is a request by its packet id, what
 * acknowledges it the answer; PINGREQ and PINGRESP are heartbeats. What a PUBLISH carries is decoded by its own
 * encoding. A topic alias is told as the topic that it stands for.
 */
export const mqtt = {
  id: "mqtt",
  name: "MQTT",
  claims: "connection",
  carries: true,
  suits: ({ subprotocol }) => /^mqtt(?:v3\.1)?$/.test(subprotocol),
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && bytes[0] === 0x10 && CONNECT.test(decodeHead(bytes.subarray(1), 12)),
  load: session.load,
  open: (context): DecodeSession => session.get().openMqtt(context),
} as const satisfies Decoder;

// oxlint-disable-next-line no-control-regex -- lengths stand before the name
const CONNECT = /^[^]{1,4}?\u0000(?:\u0004MQTT[\u0004\u0005]|\u0006MQIsdp\u0003)/;
