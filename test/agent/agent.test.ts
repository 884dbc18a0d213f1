import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { expect, it } from "vitest";

const FOLDER = new URL("../../src/agent/", import.meta.url);
const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** What a file holds beside types: what a function could use of it once it runs somewhere else. */
function standsIn(source: string): readonly string[] {
  const { program, errors } = parseSync("agent.ts", source);
  expect(errors).toEqual([]);
  return program.body.flatMap((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type === "TSInterfaceDeclaration" || declared?.type === "TSTypeAliasDeclaration") return [];
    // Types of another are gone before it runs.
    if (statement.type === "ImportDeclaration" && statement.importKind === "type") return [];
    return [declared?.type ?? statement.type];
  });
}

it.each(FILES)("%s holds one function and nothing that it could use from outside itself", (file) => {
  expect(standsIn(readFileSync(new URL(file, FOLDER), "utf8"))).toEqual(["FunctionDeclaration"]);
});

it("whatever a function could use from outside is seen", () => {
  const one = "export function run(): void {}\n";
  for (const more of ["const a = 1;", "import { a } from './a.ts';", "function help() {}", "class Help {}", "export * from './a.ts';"]) {
    expect(standsIn(`${one}${more}`), more).toHaveLength(2);
  }
  expect(standsIn(`import type { A } from "./a.ts";\ntype Note = string;\nexport interface Other { readonly a: Note }\n${one}`)).toEqual(["FunctionDeclaration"]);
});
