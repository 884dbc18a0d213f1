import type { ConnectionDifference } from "../../contract/compare.ts";
import { factName } from "../../contract/fact-name.ts";
import { isDifferent, type ComparedCaptures } from "../../engine/compare/compare-connections.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { STANDARD, type AddCommand, type CommandContext } from "../command.ts";
import { compareInTurns, differenceJson } from "../differences.ts";
import { whenDecoded, whenOpened } from "../looking.ts";
import { openInput, type OpenInput } from "../open-input.ts";
import { plain } from "../plain-text.ts";
import { ProgressBar } from "../progress-bar.ts";

interface DiffOptions {
  readonly ignore: string;
  readonly json?: boolean;
}

/** They are not the same. */
const DIFFERENT = 1;
/** Of each connection; with --json all that are told. */
const LISTED = 10;
const LISTED_VALUES = 5;
const MOST_TEXT = 200;

/** `framescope diff`: two captures side by side. */
export const addDiff: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("diff")
    .description(words("node.diff-about"))
    .argument("<before>", words("node.file"))
    .argument("<after>", words("node.file"))
    .option("--ignore <paths>", words("node.diff-ignore"), "")
    .option("--json", words("node.json"))
    .action((before: string, after: string, options: DiffOptions) => diff(before, after, options, context));
};

async function diff(before: string, after: string, { ignore, json = false }: DiffOptions, context: CommandContext): Promise<void> {
  if (before === STANDARD && after === STANDARD) throw new Refusal(say("node.diff-one-input"));
  const { io, speaker, exitWith } = context;
  const inputs: OpenInput[] = [];
  const bar = new ProgressBar(io);
  try {
    for (const path of [before, after]) {
      const input = await openInput(path, context);
      inputs.push(input);
      await whenOpened(input.engine, context);
      await whenDecoded(input.engine, context);
    }
    const [a, b] = inputs as [OpenInput, OpenInput];
    const compared = await compareInTurns({ capture: a.engine.capture }, { capture: b.engine.capture }, ignore, (share) => bar.show(speaker.words("node.comparing", { share }), share));
    bar.clear();
    io.out(json ? `${JSON.stringify({ differ: compared.differ, connections: compared.connections.map((connection) => differenceJson(connection, speaker)) }, null, 2)}\n` : `${linesOf(compared, { before, after }, speaker).join("\n")}\n`);
    if (compared.differ) exitWith(DIFFERENT);
  } finally {
    bar.clear();
    for (const { end } of inputs) await end();
  }
}

const short = (text: string): string => plain(text.slice(0, MOST_TEXT));

function linesOf({ differ, connections }: ComparedCaptures, files: { readonly before: string; readonly after: string }, speaker: Speaker): string[] {
  const { words } = speaker;
  const same = connections.reduce((sum, connection) => sum + connection.same, 0);
  if (!differ) return [words("node.diff-none", { n: same, connections: connections.length }), ...connections.filter(({ facts }) => facts.length > 0).flatMap((connection) => [short(connection.url), ...factLines(connection, speaker)])];
  return connections.flatMap((connection) => {
    const { before, after, url, onlyBefore, onlyAfter } = connection;
    if (before === null || after === null) return [short(url), `  ${words("node.diff-alone", { file: before === null ? files.after : files.before, n: onlyBefore + onlyAfter })}`, ""];
    if (!isDifferent(connection)) return [short(url), `  ${words("node.diff-equal", { n: connection.same })}`, ...factLines(connection, speaker), ""];
    return [short(url), ...factLines(connection, speaker), ...messageLines(connection, files, speaker), ""];
  });
}

function factLines({ facts }: ConnectionDifference, { tell, words }: Speaker): string[] {
  return facts.flatMap((fact) => [`  ${short(tell(factName(fact)))}${fact.isCounted ? "" : ` ${words("node.diff-not-counted")}`}`, ...(fact.before === null ? [] : [`    - ${short(tell(fact.before))}`]), ...(fact.after === null ? [] : [`    + ${short(tell(fact.after))}`])]);
}

function messageLines({ same, changed, onlyBefore, onlyAfter, differences, paths }: ConnectionDifference, files: { readonly before: string; readonly after: string }, { words, figures }: Speaker): string[] {
  const lines = [`  ${words("node.diff-messages", { same, changed })}`];
  if (onlyBefore > 0) lines.push(`  ${words("node.diff-alone", { file: files.before, n: onlyBefore })}`);
  if (onlyAfter > 0) lines.push(`  ${words("node.diff-alone", { file: files.after, n: onlyAfter })}`);
  if (changed > 1) for (const { path, messages } of paths.filter((one) => one.path !== "").slice(0, LISTED)) lines.push(`    ${short(path)}  ${figures.count(messages)}`);
  if (differences.length > 0) lines.push("", `  ${words("node.diff-first")}`);
  for (const { direction, label, before, after, values } of differences.slice(0, LISTED)) {
    const place = [before === null ? "" : `- ${figures.count(before.frame + 1)}`, after === null ? "" : `+ ${figures.count(after.frame + 1)}`].filter((part) => part !== "").join("  ");
    lines.push(`  ${direction === "sent" ? "↑" : "↓"} ${short(label)}  ${place}`);
    for (const value of values.slice(0, LISTED_VALUES)) {
      if (value.before !== null) lines.push(`    - ${short(`${value.path} ${value.before}`.trim())}`);
      if (value.after !== null) lines.push(`    + ${short(`${value.path} ${value.after}`.trim())}`);
    }
    if (values.length > LISTED_VALUES) lines.push("    …");
  }
  if (changed + onlyBefore + onlyAfter > LISTED) lines.push(`  ${words("node.diff-more", { n: changed + onlyBefore + onlyAfter - LISTED })}`);
  return lines;
}
