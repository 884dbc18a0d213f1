import { pythonData, pythonEntries, pythonHead, pythonHearCalls, pythonHearing, pythonList, pythonPhrase, pythonWaits } from "../languages/python.ts";
import { seconds } from "../languages/literal.ts";
import { clientParts, headerOf, heardIn, isBytes, sentSteps, type Data, type Script, type Variable } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://websocket-client.readthedocs.io, from 1.2 on. */
export const pythonWebsocketClient: SnippetTarget = {
  id: "python-websocket-client",
  name: "Python websocket-client",
  extension: "py",
  side: "client",
  fetchesSecrets: () => true,
  hearsSecrets: true,
  write: (script, tell) => {
    const { heartbeats, repeats } = script;
    const steps = sentSteps(script);
    const hasPauses = steps.some(({ pause }) => pause > 0);
    const heard = heardIn(script, clientParts(script));
    // What takes long would keep messages from being read.
    const isThreaded = hasPauses || repeats.length > 0 || heard.length > 0;
    const std = ["sys", ...(isThreaded ? ["threading"] : []), ...(hasPauses || repeats.length > 0 ? ["time"] : [])];
    const sends = steps.length > 0 || repeats.length > 0;
    return [
      ...pythonHead(script, tell, { install: "websocket-client", std, library: "websocket" }),
      ...pythonHearing(heard, tell, "threading.Event()"),
      ...(isThreaded ? ["", "def send_messages(ws):", ...sendLines(script), "", "", "def on_open(ws):", "    threading.Thread(target=send_messages, args=(ws,), daemon=True).start()", ""] : []),
      ...(sends && !isThreaded ? ["", "def on_open(ws):", ...sendLines(script), ""] : []),
      "",
      "def on_message(ws, message):",
      "    print(message)",
      ...pythonHearCalls(heard, "    "),
      ...heartbeats.flatMap(({ on, send }) => [`    if message == ${pythonData(on)}:`, `        ${sendCall(send)}`]),
      "",
      "",
      "def on_error(ws, error):",
      '    print("error:", repr(error), file=sys.stderr)',
      "",
      "",
      "def on_close(ws, code, reason):",
      '    print("closed:", code, reason, file=sys.stderr)',
      "",
      "",
      "app = websocket.WebSocketApp(",
      `    ${pythonPhrase(script.url)},`,
      ...connection(script),
      ...(sends ? ["    on_open=on_open,"] : []),
      "    on_message=on_message,",
      "    on_error=on_error,",
      "    on_close=on_close,",
      ")",
      `app.run_forever(${origin(script)})`,
      "",
    ].join("\n");
  },
};

function connection(script: Script): string[] {
  const cookie = headerOf(script, "cookie");
  const headers = script.headers.filter(({ name }) => !/^(?:cookie|origin)$/i.test(name));
  return [
    ...(script.subprotocols.length === 0 ? [] : [`    subprotocols=${pythonList(script.subprotocols)},`]),
    ...(cookie === undefined ? [] : [`    cookie=${pythonPhrase(cookie)},`]),
    ...(headers.length === 0 ? [] : ["    header={", ...pythonEntries({ headers }, "        "), "    },"]),
  ];
}

/** Without one the library makes one up, of the server's own address. */
function origin(script: Script): string {
  const value = headerOf(script, "origin");
  return value === undefined ? "suppress_origin=True" : `origin=${pythonPhrase(value)}`;
}

function sendLines(script: Script): string[] {
  const heard = heardIn(script, clientParts(script));
  const waited = new Set<Variable>();
  const lines = sentSteps(script).flatMap(({ data, pause }) => [
    ...(pause > 0 ? [`    time.sleep(${seconds(pause)})`] : []),
    ...pythonWaits(data, heard, waited, (event) => `    ${event}.wait()`),
    `    ${sendCall(data)}`,
  ]);
  const [first, ...others] = script.repeats;
  if (first === undefined) return lines;
  // Of several rhythms the first one's is kept: they are heartbeats, and may come more often than they must.
  const waits = script.repeats.flatMap(({ send }) => pythonWaits(send, heard, waited, (event) => `    ${event}.wait()`));
  return [...lines, ...waits, "    while True:", `        time.sleep(${seconds(Math.min(first.every, ...others.map(({ every }) => every)))})`, ...script.repeats.map(({ send }) => `        ${sendCall(send)}`)];
}

const sendCall = (data: Data): string => (isBytes(data) ? `ws.send(${pythonData(data)}, websocket.ABNF.OPCODE_BINARY)` : `ws.send(${pythonData(data)})`);
