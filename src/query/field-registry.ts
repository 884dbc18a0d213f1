import type { FieldDefinition } from "./field.ts";
import { conn } from "./fields/conn.ts";
import { host } from "./fields/host.ts";
import { id } from "./fields/id.ts";
import { is } from "./fields/is.ts";
import { last } from "./fields/last.ts";
import { latency } from "./fields/latency.ts";
import { near } from "./fields/near.ts";
import { opcode } from "./fields/opcode.ts";
import { protocol } from "./fields/protocol.ts";
import { size } from "./fields/size.ts";
import { target } from "./fields/target.ts";
import { time } from "./fields/time.ts";
import { topic } from "./fields/topic.ts";
import { type } from "./fields/type.ts";
import { url } from "./fields/url.ts";

/** Every field of the language, in the order in which completion offers them. */
export const FIELDS: readonly FieldDefinition[] = [
  is,
  type,
  topic,
  id,
  size,
  time,
  last,
  latency,
  near,
  conn,
  url,
  host,
  target,
  protocol,
  opcode,
];

export const FIELD_NAMES: readonly string[] = FIELDS.map(({ name }) => name);

const byName = new Map(FIELDS.map((field) => [field.name, field]));

export const findField = (name: string): FieldDefinition | undefined => byName.get(name);
