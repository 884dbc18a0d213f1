import { fetchCall, hasPauses, javaScriptComment, javaScriptData, javaScriptEntries, javaScriptHearCalls, javaScriptHearing, javaScriptList, javaScriptPhrase, javaScriptSending, javaScriptSources, javaScriptText, javaScriptVariables, nodeBytes, type JavaScriptAsking } from "../languages/javascript.ts";
import { clientParts, headerOf, isBytes, neededBy, type Data, type Script } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/websockets/ws, 8. */
export const nodeWs: SnippetTarget = {
  id: "node-ws",
  name: "Node ws",
  extension: "mjs",
  side: "client",
  fetchesSecrets: () => true,
  hearsSecrets: true,
  write: (script, tell) => {
    const { heartbeats } = script;
    const { sources, heard, given: variables } = neededBy(script, clientParts(script));
    const sending = javaScriptSending(script, heard, (data) => `ws.send(${dataText(data)});`, ({ every, send }) => `setInterval(() => ws.send(${dataText(send)}), ${every});`);
    const readsEnvironment = variables.some(({ value }) => value === null);
    return [
      "// npm install ws",
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      ...(hasPauses(script) ? ['import { setTimeout as sleep } from "node:timers/promises";'] : []),
      'import WebSocket from "ws";',
      "",
      ...javaScriptVariables(variables, tell, (name) => `env("${name}")`),
      ...javaScriptSources(sources, tell, ASKING),
      ...javaScriptHearing(heard, tell),
      `const ws = new WebSocket(${javaScriptPhrase(script.url)}, ${javaScriptList(script.subprotocols)}, {`,
      ...options(script),
      "});",
      "",
      ...(sending.isEmpty ? [] : [`ws.on("open", ${sending.head}`, ...sending.lines.map((line) => `  ${line}`), "});", ""]),
      'ws.on("message", (data, isBinary) => {',
      "  console.log(isBinary ? data : data.toString());",
      ...javaScriptHearCalls(heard, "data.toString()").map((call) => `  if (!isBinary) ${call}`),
      ...heartbeats.map(({ on, send }) => `  if (${isBytes(on) ? `isBinary && data.equals(${nodeBytes(on)})` : `!isBinary && data.toString() === ${javaScriptPhrase(on)}`}) ws.send(${dataText(send)});`),
      "});",
      "",
      'ws.on("error", (error) => console.error(error));',
      'ws.on("close", (code, reason) => {',
      '  console.error("closed:", code, reason.toString());',
      "  process.exit();",
      "});",
      ...(readsEnvironment
        ? ["", "function env(name) {", "  const value = process.env[name];", "  if (!value) throw new Error(`${name} is not set`);", "  return value;", "}"]
        : []),
      "",
    ].join("\n");
  },
};

/** A cookie may be set by an answer that sends on: so nobody goes there. */
const ASKING: JavaScriptAsking = {
  wait: "await ",
  call: (source, isCookie) => fetchCall(source, isCookie ? ['    redirect: "manual",'] : []),
  text: "await response.text()",
  cookie: (name) => `response.headers.getSetCookie().find((one) => one.startsWith(${javaScriptText(`${name}=`)})).split(";", 1)[0].slice(${javaScriptText(`${name}=`)}.length)`,
};

const dataText = (data: Data): string => javaScriptData(data, nodeBytes);

function options(script: Script): string[] {
  const origin = headerOf(script, "origin");
  const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
  return [
    ...(origin === undefined ? [] : [`  origin: ${javaScriptPhrase(origin)},`]),
    ...(headers.length === 0 ? [] : ["  headers: {", ...javaScriptEntries(headers, "    "), "  },"]),
  ];
}
