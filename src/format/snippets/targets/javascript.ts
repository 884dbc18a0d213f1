import { fetchCall, hasPauses, javaScriptComment, javaScriptData, javaScriptHearCalls, javaScriptHearing, javaScriptList, javaScriptPhrase, javaScriptSending, javaScriptSources, javaScriptText, javaScriptVariables, webBytes, type JavaScriptAsking } from "../languages/javascript.ts";
import { clientParts, isBytes, neededBy, type Data, type ScriptHeader, type Source } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** For a browser's console: it sends Origin, cookies and its own headers, and lets no script set any. */
export const javaScript: SnippetTarget = {
  id: "javascript",
  name: "JavaScript",
  extension: "js",
  side: "client",
  // No script is shown a cookie that an answer sets; the browser keeps it, and sends it by itself.
  fetchesSecrets: ({ place }) => place.in !== "cookie",
  hearsSecrets: true,
  write: (script, tell) => {
    const { subprotocols } = script;
    const heartbeats = script.heartbeats.filter(({ on }) => !isBytes(on));
    const allowed = { ...script, headers: [], heartbeats, sources: script.sources.map(withoutOwn) };
    const { sources, heard, given: variables } = neededBy(allowed, clientParts(allowed));
    const sending = javaScriptSending(script, heard, (data) => `ws.send(${dataText(data)});`, ({ every, send }) => `setInterval(() => ws.send(${dataText(send)}), ${every});`);
    return [
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      ...javaScriptVariables(variables, tell, (name, about) => `prompt(${javaScriptText(`${name}: ${about}`)})`),
      ...javaScriptSources(sources, tell, ASKING),
      ...javaScriptHearing(heard, tell),
      ...(hasPauses(script) ? ["const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));", ""] : []),
      `const ws = new WebSocket(${javaScriptPhrase(script.url)}${subprotocols.length === 0 ? "" : `, ${javaScriptList(subprotocols)}`});`,
      'ws.binaryType = "arraybuffer";',
      "",
      ...(sending.isEmpty ? [] : [`ws.onopen = ${sending.head}`, ...sending.lines.map((line) => `  ${line}`), "};", ""]),
      "ws.onmessage = ({ data }) => {",
      "  console.log(data);",
      ...javaScriptHearCalls(heard, "data").map((call) => `  if (typeof data === "string") ${call}`),
      ...heartbeats.map(({ on, send }) => `  if (data === ${dataText(on)}) ws.send(${dataText(send)});`),
      "};",
      'ws.onclose = ({ code, reason }) => console.log("closed:", code, reason);',
      "",
    ].join("\n");
  },
};

/** What the browser sets itself stays its own. */
const withoutOwn = (source: Source): Source => ({ ...source, headers: source.headers.filter(({ name }: ScriptHeader) => !/^(?:cookie|origin|referer|user-agent)$/i.test(name)) });

const ASKING: JavaScriptAsking = {
  wait: "await ",
  call: (source) => fetchCall(source, ['    credentials: "include",']),
  text: "await response.text()",
  cookie: () => '""',
};

const dataText = (data: Data): string => javaScriptData(data, webBytes);
