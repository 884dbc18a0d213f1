import { base64Text } from "../../../model/base64.ts";
import { say } from "../../../model/said.ts";
import { hasPauses, javaScriptComment, javaScriptData, javaScriptEntries, javaScriptHearCalls, javaScriptHearing, javaScriptList, javaScriptPhrase, javaScriptSending, javaScriptSources, javaScriptText, javaScriptVariables, type JavaScriptAsking } from "../languages/javascript.ts";
import { clientParts, isBytes, neededBy, sendsBytes, type Data } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://grafana.com/docs/k6/latest/javascript-api/k6-websockets/ */
export const k6: SnippetTarget = {
  id: "k6",
  name: "k6",
  extension: "js",
  side: "client",
  fetchesSecrets: () => true,
  hearsSecrets: true,
  write: (script, tell) => {
    const { headers, repeats, subprotocols } = script;
    const heartbeats = script.heartbeats.filter(({ on }) => !isBytes(on));
    const { sources, heard, given: variables } = neededBy(script, clientParts({ ...script, heartbeats }));
    const sending = javaScriptSending(script, heard, (data) => `ws.send(${dataText(data)});`, ({ every, send }, i) => `const timer${i + 1} = setInterval(() => ws.send(${dataText(send)}), ${every});`);
    return [
      `// k6 run${variables.flatMap(({ name, value }) => (value === null ? [` -e ${name}=…`] : [])).join("")} script.js`,
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      ...(sendsBytes(script) ? ['import { b64decode } from "k6/encoding";'] : []),
      ...(sources.length > 0 ? ['import http from "k6/http";'] : []),
      'import { WebSocket } from "k6/websockets";',
      "",
      "export const options = { vus: 1, iterations: 1 };",
      javaScriptComment(tell(say("snippet.stay"))),
      "const STAY_MS = 30_000;",
      "",
      ...javaScriptVariables(variables, tell, (name) => `__ENV.${name}`),
      ...(hasPauses(script) ? ["const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));", ""] : []),
      "export default function () {",
      // Nothing is asked for outside of it, and each user hears of its own.
      ...[...javaScriptSources(sources, tell, ASKING), ...javaScriptHearing(heard, tell)].map((line) => (line === "" ? line : `  ${line}`)),
      ...(headers.length === 0
        ? [`  const ws = new WebSocket(${javaScriptPhrase(script.url)}${subprotocols.length === 0 ? "" : `, ${javaScriptList(subprotocols)}`});`]
        : [`  const ws = new WebSocket(${javaScriptPhrase(script.url)}, ${subprotocols.length === 0 ? "null" : javaScriptList(subprotocols)}, {`, "    headers: {", ...javaScriptEntries(headers, "      "), "    },", "  });"]),
      '  ws.binaryType = "arraybuffer";',
      `  ws.addEventListener("open", ${sending.head}`,
      ...sending.lines.map((line) => `    ${line}`),
      // A user whose timer runs has not come to its end.
      "    const end = setTimeout(() => ws.close(), STAY_MS);",
      '    ws.addEventListener("close", () => clearTimeout(end));',
      ...repeats.map((_, i) => `    ws.addEventListener("close", () => clearInterval(timer${i + 1}));`),
      "  });",
      '  ws.addEventListener("message", ({ data }) => {',
      "    console.log(data);",
      ...javaScriptHearCalls(heard, "data").map((call) => `    if (typeof data === "string") ${call}`),
      ...heartbeats.map(({ on, send }) => `    if (data === ${dataText(on)}) ws.send(${dataText(send)});`),
      "  });",
      '  ws.addEventListener("error", ({ error }) => console.error(error));',
      "}",
      "",
    ].join("\n");
  },
};

const ASKING: JavaScriptAsking = {
  wait: "",
  call: ({ method, url, headers, body }, isCookie) => [
    `  const response = http.request(${javaScriptText(method)}, ${javaScriptPhrase(url)}, ${body === null ? "null" : javaScriptPhrase(body)}, {`,
    ...(headers.length === 0 ? [] : ["    headers: {", ...javaScriptEntries(headers, "      "), "    },"]),
    ...(isCookie ? ["    redirects: 0,"] : []),
    "  });",
    "  if (response.status >= 400) throw new Error(`${response.status} ${response.url}`);",
  ],
  text: "response.body",
  cookie: (name) => `response.cookies[${javaScriptText(name)}][0].value`,
};

const dataText = (data: Data): string => javaScriptData(data, (bytes) => `b64decode("${base64Text(bytes)}")`);
