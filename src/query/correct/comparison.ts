import type { CapturedFacts } from "../captured.ts";
import { exactValue } from "../edit.ts";
import { findField } from "../field-registry.ts";
import type { FieldValue, Query } from "../query.ts";
import { EVENT_FIGURES, FIELD_ALIASES, OBJECT_NAMES, PARTIES, ROW_NAMES, TEXT_NAMES, TRAIT_NAMES, TRAITS } from "./foreign-words.ts";
import type { ComparisonSign } from "./lenient-tokens.ts";
import { nearValues } from "./near-values.ts";
import { pathsLike } from "./paths-like.ts";
import { patternOf, textComparison } from "./text-operands.ts";
import { valueQuery, withoutGroups, type TypedOperand } from "./value-query.ts";

/** What `name sign operand` may mean in the filter language, the likeliest first. */
export function readComparison(typedName: string, sign: ComparisonSign, operand: TypedOperand, facts: CapturedFacts): readonly Query[] {
  const name = ofMessage(typedName, facts);
  if (name.startsWith(".") || name.startsWith("$")) {
    const typed = valueQuery(name, ...textComparison(sign, operand));
    return typed === undefined ? [] : nearValues(typed, facts);
  }
  const known = name.toLowerCase();
  const field = FIELD_ALIASES[known] ?? known;
  const special = specialQuery(known, sign, operand);
  if (special !== undefined) return [special];
  const inMessages = pathsLike(name, facts).map((path) => valueQuery(path, ...textComparison(sign, operand)));
  const ours = [
    TRAIT_NAMES.has(known) ? traitQuery(sign, operand) : undefined,
    TEXT_NAMES.has(known) ? textQuery(sign, operand) : undefined,
    findField(field) === undefined ? undefined : fieldQuery(field, sign === "=" && known === "larger-than" ? ">" : sign, operand),
  ];
  // A name that messages have, and that is no field of ours by its own name, is theirs.
  const meant = (findField(known) === undefined ? [...inMessages, ...ours] : [...ours, ...inMessages]).filter((query) => query !== undefined);
  if (meant.length > 0) return meant;
  // Nothing is known of it in this capture: what is compared is most often a value in messages.
  return [valueQuery(`.${name}`, ...textComparison(sign, operand))].filter((query) => query !== undefined);
}

/** `msg.type` is `type`, where messages have nothing of that whole name. */
function ofMessage(name: string, facts: CapturedFacts): string {
  const known = name.toLowerCase();
  if (known in FIELD_ALIASES || TEXT_NAMES.has(known) || !OBJECT_NAMES.test(name) || pathsLike(name, facts).length > 0) return name;
  return name.replace(OBJECT_NAMES, "");
}

/** What a name says that is no field's, and more than another word for one. */
export function specialQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  return messageQuery(name, sign, operand) ?? addressQuery(name, sign, operand) ?? partyQuery(name, sign, operand) ?? figureQuery(name, sign, operand) ?? rowQuery(name, sign, operand);
}

/** `contains:btc`, `regex:^a` */
function messageQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  if (sign !== "=") return undefined;
  if (/^(?:contains|includes|search|find|grep)$/.test(name)) return textQuery(sign, operand);
  return /^(?:regex|regexp|re)$/.test(name) ? textQuery(sign, patternOf(operand)) : undefined;
}

/** `row 5`, `frame:5` */
function rowQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  return ROW_NAMES.has(name) && sign === "=" && operand.kind === "word" && /^#?\d+$/.test(operand.text) ? fieldQuery("near", "=", operand) : undefined;
}

/** Parts of the connection's URL that are no field of their own. */
function addressQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  if (sign !== "=" || operand.kind === "pattern") return undefined;
  if (name === "port" || name === "tcp.port") return /^\d+$/.test(operand.text) ? fieldQuery("host", "=", { kind: "word", text: `*:${operand.text}` }) : undefined;
  return name === "scheme" ? fieldQuery("url", "=", { kind: "text", text: `${operand.text}://` }) : undefined;
}

/** `from:server`, `to = client`, `from:me` */
function partyQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  if ((name !== "from" && name !== "to") || operand.kind === "pattern") return undefined;
  const who = operand.text.toLowerCase();
  if (name === "from" && who === "me") return fieldQuery("from", sign, { kind: "word", text: "you" });
  const party = PARTIES[who];
  return party === undefined ? undefined : fieldQuery("is", sign, { kind: "word", text: (party === "page") === (name === "from") ? "sent" : "received" });
}

/** `code = 1006`, `status:403`: an event in whose text the number stands. */
function figureQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  const trait = EVENT_FIGURES[name];
  if (trait === undefined || sign !== "=" || operand.kind === "pattern" || !/^\d{3,4}$/.test(operand.text)) return undefined;
  // A handshake that went well is an opening.
  return trait === "error" && Number(operand.text) < 400 ? traitNamed("open") : { kind: "and", parts: [traitNamed(trait), { kind: "text", text: operand.text }] };
}

/** A field's condition, where the field can read it. */
export function fieldQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  const isNegated = sign === "!=" || sign === "!~";
  const query: Query = { kind: "field", name, value: fieldValue(name, sign, operand) };
  const read = findField(name)?.read(query.value);
  if (read === undefined || "problem" in read) return undefined;
  return isNegated ? { kind: "not", part: query } : query;
}

function fieldValue(name: string, sign: ComparisonSign, operand: TypedOperand): FieldValue {
  if (operand.kind === "pattern") return operand;
  const isOrdered = sign !== "=" && sign !== "!=" && sign !== "~" && sign !== "!~";
  if (isOrdered) return { kind: "bare", text: `${sign}${withoutGroups(operand.text)}` };
  if (sign === "~" || sign === "!~") return name === "url" || /[\s*()"]/.test(operand.text) ? exactValue(operand.text) : { kind: "bare", text: `*${operand.text}*` };
  return operand.kind === "word" && !/[\s()"]/.test(operand.text) ? { kind: "bare", text: operand.text } : exactValue(operand.text);
}

/** `direction = out`, `is:receive`. */
export function traitQuery(sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  const trait = operand.kind === "pattern" ? undefined : TRAITS[operand.text.toLowerCase()];
  return trait === undefined ? undefined : fieldQuery("is", sign, { kind: "word", text: trait });
}

const traitNamed = (text: string): Query => ({ kind: "field", name: "is", value: { kind: "bare", text } });

/** `payload contains x` */
function textQuery(sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  if (sign !== "=" && sign !== "~" && sign !== "!=" && sign !== "!~") return undefined;
  if (operand.kind !== "pattern" && operand.text === "") return undefined;
  const part: Query = operand.kind === "pattern" ? operand : { kind: "text", text: operand.text };
  return sign === "=" || sign === "~" ? part : { kind: "not", part };
}
