/**
 * `npm run protocols`: writes docs/protocols.md, a section a decoder, from what its file says of itself and from the recordings
 * that prove it. A test holds that the page is this.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);
const PAGE = new URL("docs/protocols.md", ROOT);
const DECODERS = new URL("src/decode/decoders/", ROOT);
const RECORDED = new URL("test/fixtures/traffic/", ROOT);

const BEGIN = "<!-- npm run protocols writes from here -->";
const END = "<!-- to here -->";

/** The page as it must be. */
export async function protocolsPage() {
  const page = await readFile(PAGE, "utf8");
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  const after = page.slice(page.indexOf(END));
  const sections = await Promise.all((await readdir(DECODERS)).map(section));
  const byName = sections.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const rows = byName.map(({ name, id, text, isProtocol, encodes, by }) => `### ${name}\n\`${id}\`, ${isProtocol ? "a protocol of a connection" : "an encoding of a message"}${encodes ? ", can be edited" : ""}${by === undefined ? "" : `; recorded from ${by}`}.\n\n${text}\n`);
  return `${before}\n\n${[...tableOf(byName), "", ...rows].join("\n")}\n${after}`;
}

/** @param {readonly Awaited<ReturnType<typeof section>>[]} sections */
function tableOf(sections) {
  const rows = sections
    .filter(({ isProtocol }) => isProtocol)
    .map(({ name, text, encodes, by }) => {
      const [versions, unknown] = [/^Versions: (.+)\.$/m, /\bNot known: (.+?)\.(?=\s|$)/].map((pattern) => pattern.exec(text)?.[1] ?? "");
      const cells = [`[${name}](#${name.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-")})`, versions, /\b(?:request|answer|paired|pairs)/i.test(text) ? "yes" : "", encodes ? "yes" : "", by ?? "", unknown];
      return `| ${cells.join(" | ")} |`;
    });
  return ["| protocol | versions | requests are paired | can be edited | recorded from | not known |", "| --- | --- | --- | --- | --- | --- |", ...rows];
}

/** @param {string} file */
async function section(file) {
  const source = await readFile(new URL(file, DECODERS), "utf8");
  const id = /^ {2}id: "(.+?)",$/m.exec(source)?.[1];
  const name = /^ {2}name: "(.+?)",$/m.exec(source)?.[1];
  const comment = [...source.matchAll(/\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const (?!enum)/g)].at(-1)?.[1];
  if (id === undefined || name === undefined || comment === undefined) throw new Error(`${file} has no id, no name or no comment on its decoder.`);
  const text = comment
    .split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .join("\n")
    .trim()
    .replaceAll(/([^\n])\n(?!\n)/g, "$1 ");
  const by = await readFile(new URL(`${id}.json`, RECORDED), "utf8").then((json) => /** @type {{ by: string }} */ (JSON.parse(json)).by, () => undefined);
  const isJson = source.includes("jsonProtocol({");
  return { id, name, text, by, isProtocol: isJson || source.includes('claims: "connection"'), encodes: isJson || /^ {2}encode/m.test(source) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(PAGE, await protocolsPage());
