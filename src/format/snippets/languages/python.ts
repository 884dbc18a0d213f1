import type { Tell } from "../../../model/said.ts";
import type { Place } from "../../origins/find-origin.ts";
import { aboutVariable, clientParts, heardIn, isBytes, sourceParts, sourcesOf, variablesIn, type Data, type GivenSecret, type HeardSecret, type Phrase, type Script, type Source, type Variable } from "../script.ts";
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
  const heard = heardIn(script, parts);
  const fetched = new Set([...sources.flatMap(({ given }) => given), ...heard].map(({ variable }) => variable));
  const constants = variablesIn(script, [...parts, ...sources.flatMap(sourceParts)]).filter((variable) => !fetched.has(variable));
  const modules = [...std, ...(constants.some(({ value }) => value === null) ? ["os"] : []), ...sourceModules(sources), ...heard.flatMap(({ place }) => (place.in === "json" ? ["json"] : []))];
  return [
    `# pip install ${install}`,
    // Python reads an encoding out of a comment in the first two lines.
    "",
    ...notes.map((note) => pythonComment(tell(note))),
    ...[...new Set(modules)].toSorted().map((module) => `import ${module}`),
    "",
    `import ${library}`,
    "",
    ...constants.flatMap((variable) => [pythonComment(aboutVariable(variable, tell)), `${variable.name} = ${variable.value === null ? `os.environ["${variable.name}"]` : pythonText(variable.value)}`]),
    ...(constants.length === 0 ? [] : [""]),
    ...sources.flatMap((source) => [...sourceFunction(source, tell), ""]),
  ];
}

const sourceModules = (sources: readonly Source[]): string[] => [
  ...(sources.length > 0 ? ["urllib.request"] : []),
  ...sources.flatMap(({ given }) => given.flatMap(({ place, isEncoded }) => [...(place.in === "json" ? ["json"] : place.in === "cookie" ? ["http.cookiejar"] : []), ...(isEncoded || (place.in === "cookie" && place.isEncoded) ? ["urllib.parse"] : [])])),
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
    ...(given.some(({ place }) => place.in === "cookie")
      ? ["    cookies = http.cookiejar.CookieJar()", "    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))", "    with opener.open(request) as response:"]
      : ["    with urllib.request.urlopen(request) as response:"]),
    ...(given.some(({ place }) => place.in !== "cookie") ? ["        text = response.read().decode()"] : ["        pass"]),
    ...(given.some(({ place }) => place.in === "json") ? ["    answer = json.loads(text)"] : []),
    `    return ${given.map(pythonPlace).join(", ")}`,
    "",
    "",
    ...given.map(({ variable }) => pythonComment(tell(variable.about))),
    `${names.join(", ")} = ${name}()`,
  ];
}

function pythonPlace({ place, isEncoded }: Pick<GivenSecret, "place" | "isEncoded">): string {
  const text = pythonValue(place);
  return isEncoded ? `urllib.parse.quote(${text}, safe="")` : text;
}

function pythonValue(place: Place): string {
  switch (place.in) {
    case "text":
      return `text.split(${pythonText(place.before)}, 1)[1].split(${pythonText(place.after)}, 1)[0]`;
    case "json": {
      const value = `answer${place.path.map((step) => `[${typeof step === "number" ? step : pythonText(step)}]`).join("")}`;
      return place.isNumber ? `str(${value})` : value;
    }
    case "cookie": {
      const value = `next(cookie.value for cookie in cookies if cookie.name == ${pythonText(place.name)})`;
      return place.isEncoded ? `urllib.parse.unquote(${value})` : value;
    }
  }
}

/** Secrets that the server tells: what takes each from a message, the first that holds it. `event`: what is set once it is there. */
export function pythonHearing(heard: readonly HeardSecret[], tell: Tell, event: string): string[] {
  return heard.flatMap(({ variable, place, from }) => [
    "",
    pythonComment(tell(variable.about)),
    `${variable.name} = None`,
    `${eventName(variable)} = ${event}`,
    "",
    "",
    `def ${hearName(variable)}(text):`,
    ...from.map((told) => `    ${pythonComment(tell(told))}`),
    `    global ${variable.name}`,
    `    if ${eventName(variable)}.is_set() or not isinstance(text, str):`,
    "        return",
    "    try:",
    ...(place.in === "json" ? ["        answer = json.loads(text)"] : []),
    `        ${variable.name} = ${pythonValue(place)}`,
    "    except (ValueError, LookupError, TypeError):",
    "        return",
    `    ${eventName(variable)}.set()`,
    "",
  ]);
}

/** Hands a message to what listens for secrets. */
export const pythonHearCalls = (heard: readonly HeardSecret[], indent: string): string[] => heard.map(({ variable }) => `${indent}${hearName(variable)}(message)`);

/** Before a message is sent: waits for the secrets that it holds and that were not waited for. `waited` grows. */
export function pythonWaits(data: Data, heard: readonly HeardSecret[], waited: Set<Variable>, wait: (event: string) => string): string[] {
  if (isBytes(data)) return [];
  return heard.flatMap(({ variable }) => {
    if (waited.has(variable) || !data.includes(variable)) return [];
    waited.add(variable);
    return [wait(eventName(variable))];
  });
}

const hearName = ({ name }: Variable): string => `hear_${name.replace(/^WS_/, "").toLowerCase()}`;
const eventName = ({ name }: Variable): string => `${name.replace(/^WS_/, "").toLowerCase()}_is_here`;
