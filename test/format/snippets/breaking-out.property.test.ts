import { spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { goText } from "../../../src/format/snippets/languages/go.ts";
import { javaScriptComment, javaScriptText } from "../../../src/format/snippets/languages/javascript.ts";
import { pythonComment, pythonText } from "../../../src/format/snippets/languages/python.ts";
import { shellComment, shellText } from "../../../src/format/snippets/languages/shell.ts";
import { fetchedBy } from "../../../src/format/snippets/make-script.ts";
import { SNIPPET_TARGETS } from "../../../src/format/snippets/registry.ts";
import type { SnippetTarget } from "../../../src/format/snippets/snippet.ts";
import { en } from "../../words/speakers.ts";
import { someOf } from "../../some-of.ts";
import { anyText, anyTexts, PLAIN, scriptOf, type ScriptTexts } from "./any-script.ts";
import { findPython } from "./runtimes.ts";

const targetsOf = (...extensions: readonly string[]): readonly SnippetTarget[] => SNIPPET_TARGETS.filter(({ extension }) => extensions.includes(extension));
const python = findPython([]);

/** With what it asks for anew of what answers gave. */
function write(target: SnippetTarget, texts: ScriptTexts, keepsSecrets: boolean): string {
  const script = scriptOf(texts, keepsSecrets);
  return target.write({ ...script, sources: fetchedBy(target, script.sources), heard: target.hearsSecrets === true ? script.heard : [] }, en.tell);
}

/** Many at once, for what has to be asked in another program. */
const texts = fc.sample(anyText, { numRuns: 300, seed: 7 });
const scripts = fc.sample(fc.tuple(anyTexts, fc.boolean()), { numRuns: someOf(60), seed: 8 });

const AST = `
import ast, json, sys
class Blank(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant(value="")
results = []
for item in json.load(sys.stdin):
    if item["kind"] == "text":
        results.append(ast.literal_eval(item["code"]) == item["text"])
    else:
        dumps = [ast.dump(Blank().visit(ast.parse(code.encode("utf-8", "replace")))) for code in item["codes"]]
        results.append(all(one == dumps[0] for one in dumps))
json.dump(results, sys.stdout)
`;

function askPython(items: readonly unknown[]): boolean[] {
  const { stdout, stderr } = spawnSync(python ?? "", ["-c", AST], { input: JSON.stringify(items), maxBuffer: 1 << 26 });
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as boolean[];
}

describe.skipIf(python === undefined)(`Python${python === undefined ? " (skipped: no python3)" : ""}`, () => {
  it("a string is the text, whatever it holds", () => {
    const right = askPython(texts.map((text) => ({ kind: "text", code: pythonText(text), text })));
    expect(texts.filter((_, i) => right[i] !== true)).toEqual([]);
  });

  it("a script has the same statements, whatever the capture holds", () => {
    const cases = targetsOf("py").flatMap((target) => scripts.map(([hostile, keeps]) => ({ target, hostile, keeps })));
    const right = askPython(cases.map(({ target, hostile, keeps }) => ({ kind: "code", codes: [write(target, hostile, keeps), write(target, PLAIN, keeps)] })));
    expect(cases.filter((_, i) => right[i] !== true)).toEqual([]);
  });
});

describe("JavaScript", () => {
  it("a string is the text, whatever it holds, also within a script element", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const code = javaScriptText(text);
        expect(runInNewContext(code)).toBe(text);
        expect(code).not.toMatch(/<[/!]/);
      }),
    );
  });

  it("a script has the same statements, whatever the capture holds", () => {
    for (const target of targetsOf("js", "mjs")) {
      fc.assert(
        fc.property(anyTexts, fc.boolean(), (hostile, keeps) => {
          expect(skeleton(write(target, hostile, keeps))).toBe(skeleton(write(target, PLAIN, keeps)));
        }),
        { numRuns: someOf(60) },
      );
    }
  });
});

/** A program without what stands in its strings. */
function skeleton(code: string): string {
  const { program, errors } = parseSync("script.mjs", code);
  expect(errors).toEqual([]);
  return JSON.stringify(program, (key, value: unknown) => (key === "start" || key === "end" || key === "raw" || (key === "value" && typeof value === "string") ? undefined : isKey(key, value) ? "key" : value));
}

/** A header's name may need quotes or not. */
const isKey = (key: string, value: unknown): boolean => key === "key" && typeof value === "object" && value !== null && "type" in value && (value.type === "Identifier" || value.type === "Literal");

describe("a shell", () => {
  /** As a command that tells its arguments, each ended by NUL. */
  const argumentsOf = (words: readonly string[]): string[] => {
    const { stdout } = spawnSync("sh", { input: `show() { printf '%s\\0' "$@"; }\nshow ${words.join(" ")}\n`, maxBuffer: 1 << 26 });
    return stdout.toString().split("\0").slice(0, -1);
  };

  it("a word is the text, but for what no argument can hold", () => {
    expect(argumentsOf(texts.map(shellText))).toEqual(texts.map((text) => text.replaceAll("\0", "\uFFFD").toWellFormed()));
  });

  it("a script runs its command and no other, with the capture as arguments", () => {
    for (const target of targetsOf("sh")) {
      const run = ([hostile, keeps]: (typeof scripts)[number]): string => write(target, hostile, keeps);
      const stubs = ["curl", "wscat", "websocat"].map((name) => `${name}() { i=0; for a; do i=$((i+1)); done; printf '%s %d\\n' ${name} $i >&3; }`);
      const input = ["exec 3>&1 >/dev/null", "TOKEN=k", "TICKET=k", "SAID=k", "SHOUTED=k", "PATH=/nowhere", "cat() { :; }", "sleep() { :; }", "jq() { printf k; }", ...stubs, ...scripts.map((one) => `(\n${run(one)}\n)`)].join("\n");
      expect(spawnSync("sh", ["-n"], { input }).status).toBe(0);
      const { stdout, stderr } = spawnSync("sh", { input: Buffer.from(input), maxBuffer: 1 << 26 });
      expect(stderr.toString()).toBe("");
      const lines = stdout.toString().split("\n").slice(0, -1);
      // What asks for a secret comes first; a handshake has none that is asked for.
      const commands = target.id === "curl" ? ["curl"] : ["curl", target.id];
      expect(lines).toHaveLength(commands.length * scripts.length);
      for (const [i, line] of lines.entries()) expect(line).toMatch(new RegExp(`^${commands[i % commands.length]} \\d+$`));
    }
  });
});

describe("Go", () => {
  const INTERPRETED = /^"(?:[^"\\\n\r\0\uFEFF]|\\[nrt"\\]|\\x[\da-f]{2}|\\u[\da-f]{4}|\\U[\da-f]{8})*"$/u;

  it("a string is the text, but for halves of pairs, which Go has no character for", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const code = goText(text);
        const value = code.startsWith("`") ? (expect(code).toMatch(/^`[^`\r\0]*`$/), code.slice(1, -1)) : (expect(code).toMatch(INTERPRETED), runInNewContext(code.replace(/\\U([\da-f]{8})/g, "\\u{$1}")));
        expect(value).toBe(text.toWellFormed());
      }),
    );
  });
});

it("no script asks for a secret that it does not use", () => {
  for (const target of SNIPPET_TARGETS) {
    const written = write(target, PLAIN, false);
    expect(written, target.id).not.toMatch(/RECEIVED|UNNEEDED/);
  }
});

describe("a comment", () => {
  it("is one line of what shows", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const comment of [pythonComment(text), javaScriptComment(text), shellComment(text)]) {
          expect(comment).toMatch(/^(#|\/\/) /);
          expect(comment).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
        expect(javaScriptComment(text)).not.toMatch(/<[/!]/);
        // Pasted into zsh it is a command.
        expect(shellComment(text).slice(1)).not.toMatch(/[`$'"\\;&|<>(){}[\]*?~!=^]/);
      }),
    );
  });
});
