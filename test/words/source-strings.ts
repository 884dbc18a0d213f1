import { readFile, readdir } from "node:fs/promises";
import { parseSync } from "oxc-parser";

const SRC = new URL("../../src/", import.meta.url);

/** A string of the source; of one with places for values, its parts. */
export interface SourceString {
  /** `panel/find/find-bar.tsx:12` */
  readonly at: string;
  readonly parts: readonly string[];
  /** What it is in: an attribute's name, `text` of JSX, `error` of one that is thrown as a bug, else `code`. */
  readonly role: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** All strings of the source files in these rooms, folders or files of `src`. */
export async function sourceStrings(within: readonly string[]): Promise<readonly SourceString[]> {
  const names = (await readdir(SRC, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const files = names.filter((name) => /\.tsx?$/.test(name) && within.some((place) => name === place || name.startsWith(`${place}/`)));
  return (await Promise.all(files.map(stringsOf))).flat();
}

async function stringsOf(name: string): Promise<readonly SourceString[]> {
  const source = await readFile(new URL(name, SRC), "utf8");
  const { program } = parseSync(name, source);
  const found: SourceString[] = [];
  const add = ({ start }: Node, role: string, parts: readonly string[]): void => {
    found.push({ at: `${name}:${source.slice(0, start).split("\n").length}`, parts, role });
  };
  const walkAll = (nodes: readonly unknown[], role: string): void => {
    for (const node of nodes) if (!isNode(node) || node.type !== "Literal") walk(node, role);
  };
  const walk = (node: unknown, role: string): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one, role);
      return;
    }
    if (!isNode(node)) return;
    if (node.type.startsWith("TS") && !node.type.endsWith("Expression")) return;
    if (node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration" && node["source"] !== null) return;
    // What is only compared with is shown to nobody.
    if (node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node["operator"]))) return walkAll([node["left"], node["right"]], role);
    if (node.type === "Literal" && typeof node["value"] === "string") add(node, role, [node["value"]]);
    if (node.type === "JSXText") add(node, "text", [String(node["value"])]);
    if (node.type === "TemplateLiteral") add(node, role, (node["quasis"] as readonly { value: { cooked: string } }[]).map(({ value }) => value.cooked));
    const inner = roleOf(node) ?? role;
    for (const key in node) if (key !== "type") walk(node[key], inner);
  };
  walk(program, "code");
  return found;
}

/** What the strings inside a node are for, where the node says it. */
function roleOf(node: Node): string | undefined {
  if (node.type === "JSXAttribute") return String((node["name"] as { name: unknown }).name);
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return undefined;
  const callee = node["callee"] as { type: string; name?: string };
  if (callee.type === "Identifier" && /^(Error|TypeError|RangeError)$/.test(callee.name ?? "")) return "error";
  return "code";
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
