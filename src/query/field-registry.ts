import { say, type Said } from "../model/said.ts";
import { editDistance } from "./edit-distance.ts";
import type { FieldDefinition } from "./field.ts";
import { conn } from "./fields/conn.ts";
import { from } from "./fields/from.ts";
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
import { transport } from "./fields/transport.ts";
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
  from,
  protocol,
  transport,
  opcode,
];

export const FIELD_NAMES: readonly string[] = FIELDS.map(({ name }) => name);

export const findField = (name: string): FieldDefinition | undefined => FIELDS.find((field) => field.name === name);

/** Letters that a slip of the hand gets wrong, and the longest word that is looked at. */
const SLIP = 2;
const LONGEST_SLIP = 20;

/** What is said of a name that is no field's: which one was meant, where it is nearly that. */
export function unknownField(name: string): Said {
  const nearest = nearestField(name.toLowerCase());
  return nearest === undefined ? say("query.unknown-field", { name }) : say("query.unknown-field-near", { name, nearest });
}

/** The field that a word is a slip of the hand away from. */
export function nearestField(typed: string): string | undefined {
  if (typed.length > LONGEST_SLIP) return undefined;
  const meant = FIELD_NAMES.map((name) => ({ name, distance: editDistance(typed, name) })).filter(({ name, distance }) => distance <= SLIP && distance < name.length - 1);
  return meant.toSorted((a, b) => a.distance - b.distance)[0]?.name;
}
