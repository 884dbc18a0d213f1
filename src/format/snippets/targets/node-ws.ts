import { javaScriptComment, javaScriptData, javaScriptEntries, javaScriptList, javaScriptPhrase, javaScriptVariables, nodeBytes } from "../languages/javascript.ts";
import { clientParts, headerOf, isBytes, sentSteps, variablesIn, type Data, type Script } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/websockets/ws, 8. */
export const nodeWs: SnippetTarget = {
  id: "node-ws",
  name: "Node ws",
  extension: "mjs",
  side: "client",
  write: (script, tell) => {
    const { heartbeats, repeats } = script;
    const variables = variablesIn(script, clientParts(script));
    const steps = sentSteps(script);
    const hasPauses = steps.some(({ pause }) => pause > 0);
    const readsEnvironment = variables.some(({ value }) => value === null);
    const sends = steps.length > 0 || repeats.length > 0;
    return [
      "// npm install ws",
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      ...(hasPauses ? ['import { setTimeout as sleep } from "node:timers/promises";'] : []),
      'import WebSocket from "ws";',
      "",
      ...javaScriptVariables(variables, tell, (name) => `env("${name}")`),
      `const ws = new WebSocket(${javaScriptPhrase(script.url)}, ${javaScriptList(script.subprotocols)}, {`,
      ...options(script),
      "});",
      "",
      ...(sends
        ? [
            `ws.on("open", ${hasPauses ? "async " : ""}() => {`,
            ...steps.flatMap(({ data, pause }) => [...(pause > 0 ? [`  await sleep(${pause});`] : []), `  ws.send(${dataText(data)});`]),
            ...repeats.map(({ every, send }) => `  setInterval(() => ws.send(${dataText(send)}), ${every});`),
            "});",
            "",
          ]
        : []),
      'ws.on("message", (data, isBinary) => {',
      "  console.log(isBinary ? data : data.toString());",
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

const dataText = (data: Data): string => javaScriptData(data, nodeBytes);

function options(script: Script): string[] {
  const origin = headerOf(script, "origin");
  const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
  return [
    ...(origin === undefined ? [] : [`  origin: ${javaScriptPhrase(origin)},`]),
    ...(headers.length === 0 ? [] : ["  headers: {", ...javaScriptEntries(headers, "    "), "  },"]),
  ];
}
