import type { ConnectionDifference } from "../../contract/compare.ts";
import { factName } from "../../contract/fact-name.ts";
import type { Speaker } from "../../words/speaker.ts";

/** Two connections side by side as text, for the clipboard: `before` and `after` name them. */
export function connectionsText(difference: ConnectionDifference, { before, after }: { readonly before: string; readonly after: string }, { words, tell, figures }: Speaker): string {
  const { facts, same, changed, onlyBefore, onlyAfter, paths, differences } = difference;
  const lines = [`--- ${before}`, `+++ ${after}`];
  /** What stands under a heading; no heading where nothing does. */
  const add = (heading: string, below: readonly string[]): void => {
    if (below.length > 0) lines.push("", heading, ...below);
  };
  add(
    words("compare.beginnings"),
    facts.length === 0
      ? [words("compare.same-beginnings")]
      : facts.flatMap((fact) => {
          const name = `${tell(factName(fact))}${fact.isCounted ? "" : ` (${words("compare.not-counted")})`}: `;
          return one(name, fact.before && tell(fact.before), fact.after && tell(fact.after));
        }),
  );
  const counts = [["same", same], ["changed", changed], ["only-other", onlyBefore], ["only-this", onlyAfter]] as const;
  add(words("compare.messages"), counts.map(([name, n]) => `${words(`compare.${name}`)}: ${figures.count(n)}`));
  add(words("compare.paths"), paths.filter(({ path }) => path !== "").map(({ path, messages }) => `${path}: ${figures.count(messages)}`));
  const more = changed + onlyBefore + onlyAfter - differences.length;
  add(words("compare.first"), [
    ...differences.flatMap(({ direction, label, before: was, after: is, values, moreValues }) => [
      [direction === "sent" ? "↑" : "↓", label, was && `-#${was.frame + 1}`, is && `+#${is.frame + 1}`].filter((part) => part !== null && part !== "").join(" "),
      ...values.flatMap(({ path, before: old, after: now }) => one(path === "" ? "" : `${path}: `, old, now)).map((line) => `  ${line}`),
      ...(moreValues > 0 ? [`  ${words("join.more", { n: moreValues })}`] : []),
    ]),
    ...(more > 0 ? [words("join.more", { n: more })] : []),
  ]);
  return `${lines.join("\n")}\n`;
}

const one = (what: string, was: string | null, is: string | null): readonly string[] => [...(was === null ? [] : [`- ${what}${was}`]), ...(is === null ? [] : [`+ ${what}${is}`])];
