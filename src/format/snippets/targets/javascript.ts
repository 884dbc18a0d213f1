import { javaScriptComment, javaScriptData, javaScriptList, javaScriptPhrase, javaScriptText, javaScriptVariables, webBytes } from "../languages/javascript.ts";
import { clientParts, isBytes, sentSteps, variablesIn, type Data } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** For a browser's console: it sends Origin, cookies and its own headers, and lets no script set any. */
export const javaScript: SnippetTarget = {
  id: "javascript",
  name: "JavaScript",
  extension: "js",
  side: "client",
  write: (script, tell) => {
    const { repeats, subprotocols } = script;
    const heartbeats = script.heartbeats.filter(({ on }) => !isBytes(on));
    const steps = sentSteps(script);
    const hasPauses = steps.some(({ pause }) => pause > 0);
    const variables = variablesIn(script, clientParts({ ...script, headers: [], heartbeats }));
    return [
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      ...javaScriptVariables(variables, tell, (name, about) => `prompt(${javaScriptText(`${name}: ${about}`)})`),
      ...(hasPauses ? ["const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));", ""] : []),
      `const ws = new WebSocket(${javaScriptPhrase(script.url)}${subprotocols.length === 0 ? "" : `, ${javaScriptList(subprotocols)}`});`,
      'ws.binaryType = "arraybuffer";',
      "",
      ...(steps.length > 0 || repeats.length > 0
        ? [
            `ws.onopen = ${hasPauses ? "async " : ""}() => {`,
            ...steps.flatMap(({ data, pause }) => [...(pause > 0 ? [`  await sleep(${pause});`] : []), `  ws.send(${dataText(data)});`]),
            ...(repeats.length === 0 ? [] : repeats.map(({ every, send }) => `  setInterval(() => ws.send(${dataText(send)}), ${every});`)),
            "};",
            "",
          ]
        : []),
      "ws.onmessage = ({ data }) => {",
      "  console.log(data);",
      ...heartbeats.map(({ on, send }) => `  if (data === ${dataText(on)}) ws.send(${dataText(send)});`),
      "};",
      'ws.onclose = ({ code, reason }) => console.log("closed:", code, reason);',
      "",
    ].join("\n");
  },
};

const dataText = (data: Data): string => javaScriptData(data, webBytes);
