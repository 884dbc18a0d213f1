import type { Tell } from "../../../model/said.ts";
import { clientParts, isBytes, sourceParts, sourcesOf, variablesIn, type Data, type Phrase, type Script, type Source } from "../script.ts";
import { hex, hexBytes, joined, oneLine, quoted } from "./literal.ts";

/** https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
export const pythonText = (text: string): string => quoted(text, escapeChar);

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return SHORT.get(char) ?? (code < 0x100 ? `\\x${hex(char, 2)}` : code < 0x10000 ? `\\u${hex(char, 4)}` : `\\U${hex(char, 8)}`);
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

export const pythonPhrase = (phrase: Phrase): string => joined(phrase, pythonText, ({ name }) => name);

export const pythonData = (data: Data): string => (isBytes(data) ? `bytes.fromhex("${hexBytes(data)}")` : pythonPhrase(data));

export const pythonList = (phrases: readonly Phrase[]): string => `[${phrases.map(pythonPhrase).join(", ")}]`;

export const pythonComment = (text: string): string => `# ${oneLine(text)}`;

/** Lines of a dictionary, between its braces. */
export const pythonEntries = (script: Pick<Script, "headers">, indent: string): string[] =>
  script.headers.map(({ name, value }) => `${indent}${pythonText(name)}: ${pythonPhrase(value)},`);

interface PythonModules {
  /** As pip names it. */
  readonly install: string;
  /** Of the standard library. */
  readonly std: readonly string[];
  readonly library: string;
}

/** What is to be known, the imports, and the secrets. */
export function pythonHead(script: Script, tell: Tell, { install, std, library }: PythonModules): string[] {
  const { notes } = script;
  const parts = clientParts(script);
  const sources = sourcesOf(script, parts);
  const fetched = new Set(sources.flatMap(({ given }) => given.map(({ variable }) => variable)));
  const constants = variablesIn(script, [...parts, ...sources.flatMap(sourceParts)]).filter((variable) => !fetched.has(variable));
  const modules = [...std, ...(constants.some(({ value }) => value === null) ? ["os"] : []), ...sourceModules(sources)];
  return [
    `# pip install ${install}`,
    // Python reads an encoding out of a comment in the first two lines.
    "",
    ...notes.map((note) => pythonComment(tell(note))),
    ...[...new Set(modules)].toSorted().map((module) => `import ${module}`),
    "",
    `import ${library}`,
    "",
    ...constants.flatMap(({ name, about, value }) => [pythonComment(tell(about)), `${name} = ${value === null ? `os.environ["${name}"]` : pythonText(value)}`]),
    ...(constants.length === 0 ? [] : [""]),
    ...sources.flatMap((source) => [...sourceFunction(source, tell), ""]),
  ];
}

const sourceModules = (sources: readonly Source[]): string[] => [
  ...(sources.length > 0 ? ["urllib.request"] : []),
  ...sources.flatMap(({ given }) => given.flatMap(({ place, isEncoded }) => [...(place.in === "json" ? ["json"] : []), ...(isEncoded ? ["urllib.parse"] : [])])),
];

/** A function that asks for secrets anew, and the call of it. */
function sourceFunction({ method, url, headers, body, given }: Source, tell: Tell): string[] {
  const names = given.map(({ variable }) => variable.name);
  const name = `get_${names.map((one) => one.replace(/^WS_/, "").toLowerCase()).join("_and_")}`;
  const isDefault = method === (body === null ? "GET" : "POST");
  return [
    "",
    `def ${name}():`,
    ...given.flatMap(({ from }) => from.map((told) => `    ${pythonComment(tell(told))}`)),
    "    request = urllib.request.Request(",
    `        ${pythonPhrase(url)},`,
    ...(isDefault ? [] : [`        method=${pythonText(method)},`]),
    ...(body === null ? [] : [`        data=${body.length === 1 ? pythonPhrase(body) : `(${pythonPhrase(body)})`}.encode(),`]),
    ...(headers.length === 0 ? [] : ["        headers={", ...pythonEntries({ headers }, "            "), "        },"]),
    "    )",
    "    with urllib.request.urlopen(request) as response:",
    "        text = response.read().decode()",
    ...(given.some(({ place }) => place.in === "json") ? ["    answer = json.loads(text)"] : []),
    `    return ${given.map(pythonPlace).join(", ")}`,
    "",
    "",
    ...given.map(({ variable }) => pythonComment(tell(variable.about))),
    `${names.join(", ")} = ${name}()`,
  ];
}

function pythonPlace({ place, isEncoded }: Source["given"][number]): string {
  const value = place.in === "text" ? `text.split(${pythonText(place.before)}, 1)[1].split(${pythonText(place.after)}, 1)[0]` : `answer${place.path.map((step) => `[${typeof step === "number" ? step : pythonText(step)}]`).join("")}`;
  const text = place.in === "json" && place.isNumber ? `str(${value})` : value;
  return isEncoded ? `urllib.parse.quote(${text}, safe="")` : text;
}
