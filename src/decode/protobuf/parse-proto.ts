import protobuf from "protobufjs";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import { SCALARS, type EnumType, type FieldType, type MessageType, type Scalar, type SchemaData } from "./schema.ts";

/**
 * .proto files as protobufjs parses them. Of that library only the parser and what it builds are used: it makes no code
 * until it is asked to read or write messages, which an extension's pages forbid.
 */
export function parseProtoFiles(files: readonly { readonly name: string; readonly text: string }[]): SchemaData {
  const root = new protobuf.Root();
  const imports = new Set<string>();
  for (const { name, text } of files) {
    try {
      const parsed = protobuf.parse(text, root, { keepCase: true });
      for (const path of [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])]) imports.add(path);
    } catch (error) {
      throw new Refusal(say("decode.proto-broken", { file: name, problem: error instanceof Error ? error.message : String(error) }), { cause: error });
    }
  }
  const missing = [...imports].filter((path) => !addOwn(root, path) && !files.some(({ name }) => isFile(name, path)));
  // Extensions of what is not here (mostly of options) say nothing of messages.
  root.deferred.length = 0;
  try {
    root.resolveAll();
  } catch (error) {
    const problem = placed(files, error instanceof Error ? error.message : String(error));
    throw new Refusal(missing.length === 0 ? say("decode.proto-unresolved", { problem }) : say("decode.proto-missing", { problem, files: missing }), { cause: error });
  }
  const messages: MessageType[] = [];
  const enums: EnumType[] = [];
  gather(root, messages, enums);
  return { messages, enums };
}

/** What is not known, where it is first named: the parser tells a line only of what it cannot read. */
function placed(files: readonly { readonly name: string; readonly text: string }[], problem: string): Told {
  const [, quoted, last] = /'([\w.]+)'|: ([\w.]+)$/.exec(problem) ?? [];
  const words = (quoted ?? last ?? "").replaceAll(".", "\\.");
  if (words === "") return problem;
  const named = new RegExp(`^(?!\\s*(?://|import|package|option)).*?[\\s<(,.]${words}[\\s>)]`, "m");
  for (const { name: file, text } of files) {
    const at = named.exec(` ${text}`)?.index;
    if (at !== undefined) return say("decode.proto-at", { file, line: text.slice(0, at).split("\n").length, problem });
  }
  return problem;
}

/** Adds one of the files that come with protobuf itself. */
function addOwn(root: protobuf.Root, path: string): boolean {
  const own = protobuf.common.get(path);
  if (own?.nested === undefined) return false;
  try {
    root.addJSON(own.nested);
  } catch {
    // The user opened it, too.
  }
  return true;
}

/** A file opened by its name alone is the one that another imports with folders before it. */
const isFile = (name: string, path: string): boolean => name === path || path.endsWith(`/${name}`) || name.endsWith(`/${path}`);

function gather(namespace: protobuf.NamespaceBase, messages: MessageType[], enums: EnumType[]): void {
  for (const one of namespace.nestedArray) {
    if (one instanceof protobuf.Enum) enums.push({ name: nameOf(one), values: Object.entries(one.values).map(([name, number]) => [number, name] as const) });
    else if (one instanceof protobuf.Namespace || one instanceof protobuf.Type) {
      if (one instanceof protobuf.Type) messages.push({ name: nameOf(one), fields: one.fieldsArray.map(fieldOf) });
      gather(one, messages, enums);
    }
  }
}

const nameOf = ({ fullName }: { readonly fullName: string }): string => fullName.replace(/^\./, "");

const SCALAR_NAMES: ReadonlySet<string> = new Set(SCALARS);
const isScalar = (name: string): name is Scalar => SCALAR_NAMES.has(name);

function fieldOf(field: protobuf.Field): FieldType {
  const { id: number, resolvedType, repeated, packed, partOf, declaringField } = field;
  const isMessage = resolvedType instanceof protobuf.Type;
  const key = field instanceof protobuf.MapField && isScalar(field.keyType) ? field.keyType : undefined;
  // A group of proto2, or a message that an edition writes as one.
  const type = isScalar(field.type) ? field.type : isMessage ? (field.delimited && key === undefined ? "group" : "message") : "enum";
  return {
    number,
    name: declaringField === null ? field.name : `[${field.name.replace(/^\./, "")}]`,
    type,
    ...(resolvedType !== null && { of: nameOf(resolvedType) }),
    ...(repeated && { repeated: true }),
    ...(repeated && packed && !isMessage && type !== "string" && type !== "bytes" && { packed: true }),
    ...(key !== undefined && { key }),
    ...(partOf !== null && !(field.options?.["proto3_optional"] === true) && { oneof: partOf.name }),
  };
}
