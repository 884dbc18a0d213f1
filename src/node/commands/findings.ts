import type { ListedFinding } from "../../contract/findings.ts";
import { MOST_ROWS } from "../../contract/rows.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import { findingJson } from "../finding-json.ts";
import { whenDecoded, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { plain } from "../plain-text.ts";

/** Rows of a finding that are named. */
const MOST_NAMED = 8;

/** `framescope findings`: what is wrong or costly, and the rows that prove it. */
export const addFindings: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("findings")
    .description(words("node.findings-about"))
    .argument("<file>", words("node.file"))
    .option("--json", words("node.json"))
    .action((path: string, { json = false }: { readonly json?: boolean }) => findings(path, json, context));
};

async function findings(path: string, json: boolean, context: CommandContext): Promise<void> {
  const input = await openInput(path, context);
  try {
    await whenOpened(input.engine, context);
    await whenDecoded(input.engine, context);
    const found: ListedFinding[] = [];
    let more = 0;
    for (let from = 0; ; from += MOST_ROWS) {
      const page = await input.engine.call("findings", { connection: null, from, to: from + MOST_ROWS });
      found.push(...page.items);
      ({ more } = page);
      if (from + MOST_ROWS >= page.total) break;
    }
    if (json) context.io.out(`${JSON.stringify({ findings: found.map((finding) => findingJson(finding, context.speaker)), more }, null, 2)}\n`);
    else context.io.out(`${linesOf(found, more, context).join("\n")}\n`);
  } finally {
    await input.end();
  }
}

function linesOf(found: readonly ListedFinding[], more: number, { speaker: { words, tell, tellAll, figures } }: CommandContext): string[] {
  if (found.length === 0) return [words("findings.none")];
  const lines = found.flatMap(({ weight, title, said, connections, url, frames, frameCount, link }) => {
    const rows = frames.slice(0, MOST_NAMED).map((frame) => `#${figures.count(frame + 1)}`);
    const whose = connections.length === 1 ? plain(url) : `${plain(url)} (${words("findings.connections", { n: connections.length })})`;
    return [
      `${words(`findings.${weight}`)}  ${plain(tell(title))}  ${whose}`,
      `   ${plain(tellAll(said))}`,
      ...(rows.length === 0 ? [] : [`   ${rows.join(" ")}${frameCount > rows.length ? ` ${words("findings.more-rows", { n: frameCount })}` : ""}`]),
      `   ${link}`,
    ];
  });
  return more > 0 ? [...lines, words("findings.more", { n: more })] : lines;
}
