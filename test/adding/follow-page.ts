import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = new URL("../../", import.meta.url).pathname;
/** What a step of the page is made of: its kind, the file that it is for, and what stands in it. */
const FENCE = /^```(ts|diff|sh|patch) ?(\S*)\n(.*?)^```$/gms;

/** A copy of the source in which the page was followed; `end` takes it away. */
export interface FollowedPage {
  readonly folder: string;
  /** How the kinds of steps were, in order, with the files that they are for. */
  readonly steps: readonly string[];
  /** Does what the page leaves unfinished on purpose (`patch`). */
  readonly goOn: () => void;
  /** A module of the copy. */
  readonly load: <Module>(path: string) => Promise<Module>;
  readonly end: () => void;
}

/** Copies the source, and what tests set up of it, into a folder of its own under out/. */
export function copySource(name: string): string {
  const folder = join(ROOT, "out", name);
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["src", "public/_locales", "package.json", "test/engine", "test/log/memory-file.ts", "test/words/speakers.ts", "test/capture", "test/panel/harness"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (file) => !file.endsWith(".test.ts") });
  }
  return folder;
}

/** Copies the source into a folder of its own and does there what the page says, step by step. Throws where a step does not fit. */
export function followPage(page: string, name: string): FollowedPage {
  const folder = copySource(name);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", include: ["src"], exclude: ["src/pure-globals.d.ts"] }));
  const steps: string[] = [];
  const later: (() => void)[] = [];
  for (const [, kind = "", path = "", body = ""] of readFileSync(join(ROOT, page), "utf8").matchAll(FENCE)) {
    steps.push(`${kind} ${path}`.trim());
    const file = join(folder, path);
    if (kind === "sh") execFileSync("sh", ["-ec", body], { cwd: folder });
    else if (kind === "patch") later.push(() => writeFileSync(file, changed(readFileSync(file, "utf8"), body, path)));
    else if (kind === "diff") writeFileSync(file, changed(readFileSync(file, "utf8"), body, path));
    else if (existsSync(file)) throw new Error(`${path} is there already: the page's example needs another name.`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, body);
    }
  }
  return {
    folder,
    steps,
    goOn: () => later.forEach((step) => step()),
    load: <Module>(path: string) => import(join(folder, path)) as Promise<Module>,
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A `-` line is found, `…` in it standing for anything, and the `+` lines behind it take its place; others go to the top. */
function changed(text: string, change: string, path: string): string {
  const top: string[] = [];
  let result = text;
  let old: string | undefined;
  let added: string[] = [];
  const replace = (): void => {
    if (old === undefined) return;
    const wanted = new RegExp(old.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("([^]*?)"));
    const kept = wanted.exec(result);
    if (kept === null) throw new Error(`${path} has no ${JSON.stringify(old)}`);
    const rest = kept.slice(1);
    const now = added.join("\n").replaceAll("…", () => (rest.shift() ?? "").replace(/,\s*$/, ""));
    result = `${result.slice(0, kept.index)}${now}${result.slice(kept.index + kept[0].length)}`;
    old = undefined;
    added = [];
  };
  for (const line of change.split("\n").filter((each) => each !== "")) {
    if (line.startsWith("-")) {
      replace();
      old = line.slice(1);
    } else if (old === undefined) top.push(line.slice(1));
    else added.push(line.slice(1));
  }
  replace();
  return [...top, result].join("\n");
}
