import { pythonData, pythonEntries, pythonHead, pythonHearCalls, pythonHearing, pythonList, pythonPhrase, pythonWaits } from "../languages/python.ts";
import { seconds } from "../languages/literal.ts";
import { clientParts, headerOf, heardIn, sentSteps, type Script, type Variable } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://websockets.readthedocs.io, from 10 on. */
export const pythonWebsockets: SnippetTarget = {
  id: "python-websockets",
  name: "Python websockets",
  extension: "py",
  side: "client",
  fetchesSecrets: () => true,
  hearsSecrets: true,
  write: (script, tell) => {
    const { heartbeats } = script;
    const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
    const origin = headerOf(script, "origin");
    const lines = sendLines(script);
    const heard = heardIn(script, clientParts(script));
    return [
      ...pythonHead(script, tell, { install: "websockets", std: ["asyncio"], library: "websockets" }),
      ...pythonHearing(heard, tell, "asyncio.Event()"),
      ...(headers.length === 0 ? [] : ["headers = {", ...pythonEntries({ headers }, "    "), "}", "# websockets < 14: extra_headers", 'headers_argument = "additional_headers" if int(websockets.__version__.split(".")[0]) >= 14 else "extra_headers"', ""]),
      ...(lines.length === 0 ? [] : ["", "async def send_messages(ws):", ...lines, ""]),
      "",
      "async def main():",
      "    async with websockets.connect(",
      `        ${pythonPhrase(script.url)},`,
      ...(origin === undefined ? [] : [`        origin=${pythonPhrase(origin)},`]),
      ...(script.subprotocols.length === 0 ? [] : [`        subprotocols=${pythonList(script.subprotocols)},`]),
      ...(headers.length === 0 ? [] : ["        **{headers_argument: headers},"]),
      "        max_size=None,",
      "    ) as ws:",
      ...(lines.length === 0 ? [] : ["        sending = asyncio.create_task(send_messages(ws))"]),
      "        async for message in ws:",
      "            print(message)",
      ...pythonHearCalls(heard, "            "),
      ...heartbeats.flatMap(({ on, send }) => [`            if message == ${pythonData(on)}:`, `                await ws.send(${pythonData(send)})`]),
      ...(lines.length === 0 ? [] : ["        sending.cancel()"]),
      "",
      "",
      "asyncio.run(main())",
      "",
    ].join("\n");
  },
};

function sendLines(script: Script): string[] {
  const heard = heardIn(script, clientParts(script));
  const waited = new Set<Variable>();
  const lines = sentSteps(script).flatMap(({ data, pause }) => [
    ...(pause > 0 ? [`    await asyncio.sleep(${seconds(pause)})`] : []),
    ...pythonWaits(data, heard, waited, (event) => `    await ${event}.wait()`),
    `    await ws.send(${pythonData(data)})`,
  ]);
  if (script.repeats.length === 0) return lines;
  const every = Math.min(...script.repeats.map((repeat) => repeat.every));
  const waits = script.repeats.flatMap(({ send }) => pythonWaits(send, heard, waited, (event) => `    await ${event}.wait()`));
  return [...lines, ...waits, "    while True:", `        await asyncio.sleep(${seconds(every)})`, ...script.repeats.map(({ send }) => `        await ws.send(${pythonData(send)})`)];
}
