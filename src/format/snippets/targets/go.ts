import { goData, goName, goPhrase, goSecrets, goText, goWaits } from "../languages/go.ts";
import { oneLine } from "../languages/literal.ts";
import { aboutVariable, awaited, clientParts, isBytes, neededBy, sentSteps, type Data, type Script } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/coder/websocket, 1.8. As gofmt writes it. */
export const go: SnippetTarget = {
  id: "go",
  name: "Go",
  extension: "go",
  side: "client",
  fetchesSecrets: () => true,
  hearsSecrets: true,
  write: (script, tell) => {
    const { heartbeats, repeats } = script;
    const { sources, heard, given: variables } = neededBy(script, clientParts(script));
    const secrets = goSecrets(sources, heard, tell);
    const steps = sentSteps(script);
    const waits = awaited([...steps.map(({ data }) => data), ...repeats.map(({ send }) => send)], heard).map(goWaits);
    const sends = steps.length > 0 || repeats.length > 0;
    const readsEnvironment = variables.some(({ value }) => value === null);
    const usesTime = repeats.length > 0 || steps.some(({ pause }) => pause > 0);
    const imports = new Set(["context", "fmt", "log", ...(script.headers.length > 0 ? ["net/http"] : []), ...(readsEnvironment ? ["os"] : []), ...(usesTime ? ["time"] : []), ...secrets.imports]);
    return [
      "// go mod init client && go get github.com/coder/websocket && go run .",
      ...script.notes.map((note) => `// ${oneLine(tell(note))}`),
      "",
      "package main",
      "",
      "import (",
      ...[...imports].toSorted().map((name) => `\t"${name}"`),
      "",
      '\t"github.com/coder/websocket"',
      ")",
      "",
      "func main() {",
      ...variables.flatMap((variable) => [`\t// ${oneLine(aboutVariable(variable, tell))}`, `\t${goName(variable)} := ${variable.value === null ? `env("${variable.name}")` : goText(variable.value)}`]),
      ...(variables.length === 0 ? [] : [""]),
      ...secrets.asking,
      "\tctx := context.Background()",
      ...dial(script),
      "\tif err != nil {",
      "\t\tlog.Fatal(err)",
      "\t}",
      '\tdefer conn.Close(websocket.StatusNormalClosure, "")',
      // Versions before 1.8.8 know no -1.
      "\tconn.SetReadLimit(1 << 62)",
      "",
      ...(sends
        ? [
            "\tgo func() {",
            ...steps.flatMap(({ data, pause }, i) => [...(pause > 0 ? [`time.Sleep(${pause} * time.Millisecond)`] : []), ...(waits[i] ?? []), writeCall(data)].map((line) => `\t\t${line}`)),
            ...waits.slice(steps.length).flat().map((line) => `\t\t${line}`),
            ...repeatLines(script),
            "\t}()",
            "",
          ]
        : []),
      "\tfor {",
      "\t\tkind, message, err := conn.Read(ctx)",
      "\t\tif err != nil {",
      "\t\t\tlog.Fatal(err)",
      "\t\t}",
      "\t\tif kind == websocket.MessageText {",
      "\t\t\tfmt.Println(string(message))",
      ...secrets.hearing,
      "\t\t} else {",
      '\t\t\tfmt.Printf("%x\\n", message)',
      "\t\t}",
      ...heartbeats.flatMap(({ on, send }) => [
        `\t\tif kind == ${kindText(on)} && string(message) == ${isBytes(on) ? goData(on).replace(/^\[\]byte\((.*)\)$/s, "$1") : goPhrase(on)} {`,
        `\t\t\t${writeCall(send)}`,
        "\t\t}",
      ]),
      "\t}",
      "}",
      ...(readsEnvironment
        ? ["", "func env(name string) string {", "\tvalue := os.Getenv(name)", '\tif value == "" {', '\t\tlog.Fatalf("%s is not set", name)', "\t}", "\treturn value", "}"]
        : []),
      ...secrets.functions,
      "",
    ].join("\n");
  },
};

const kindText = (data: Data): string => (isBytes(data) ? "websocket.MessageBinary" : "websocket.MessageText");
const writeCall = (data: Data): string => `conn.Write(ctx, ${kindText(data)}, ${goData(data)})`;

function dial({ url, subprotocols, headers }: Script): string[] {
  const options = [
    ...(subprotocols.length === 0 ? [] : [`\t\tSubprotocols: []string{${subprotocols.map((name) => goPhrase(name, " + ")).join(", ")}},`]),
    ...(headers.length === 0 ? [] : ["\t\tHTTPHeader: http.Header{", ...aligned(headers.map(({ name, value }) => [`${goText(name)}:`, `{${goPhrase(value, " + ")}},`])), "\t\t},"]),
  ];
  if (options.length === 0) return [`\tconn, _, err := websocket.Dial(ctx, ${goPhrase(url)}, nil)`];
  return [`\tconn, _, err := websocket.Dial(ctx, ${goPhrase(url)}, &websocket.DialOptions{`, ...options, "\t})"];
}

/** gofmt puts the values of neighbouring keys in one column. */
function aligned(entries: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...entries.map(([key]) => key.length));
  return entries.map(([key, value]) => `\t\t\t${key.padEnd(width)} ${value}`);
}

function repeatLines({ repeats }: Script): string[] {
  if (repeats.length === 0) return [];
  const every = Math.min(...repeats.map((repeat) => repeat.every));
  return [`\t\tfor range time.Tick(${every} * time.Millisecond) {`, ...repeats.map(({ send }) => `\t\t\t${writeCall(send)}`), "\t\t}"];
}
