import type { FieldType } from "./schema.ts";
import { DELIMITED, FIXED_32, FIXED_64, GROUP, VARINT, type WireField } from "./wire.ts";

/** Bytes of a number that has always as many. */
export const FIXED_SIZES: Readonly<Partial<Record<FieldType["type"], number>>> = { double: 8, fixed64: 8, sfixed64: 8, float: 4, fixed32: 4, sfixed32: 4 };

/** How a value of a type is written when it is alone. */
export function wireOf(type: FieldType["type"]): number {
  const size = FIXED_SIZES[type];
  if (size !== undefined) return size === 8 ? FIXED_64 : FIXED_32;
  if (type === "group") return GROUP;
  return type === "message" || type === "string" || type === "bytes" ? DELIMITED : VARINT;
}

/** It holds many values of a field, one behind the other. */
export const isPacked = ({ type }: FieldType, { wire }: WireField): boolean => wire === DELIMITED && wireOf(type) !== DELIMITED;

/** What stands on the wire can be a value of this field, or several. */
export function fits(field: FieldType, { wire }: WireField): boolean {
  if (field.key !== undefined) return wire === DELIMITED;
  const own = wireOf(field.type);
  return wire === own || (field.repeated === true && wire === DELIMITED && own !== GROUP);
}
