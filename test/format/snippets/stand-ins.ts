import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Asks in a process of its own: in k6 a call answers at once. */
const K6_HTTP = `import { spawnSync } from "node:child_process";
const ASK = \`const [method, url, body, headers, redirect] = JSON.parse(process.argv[1]);
const response = await fetch(url, { method, headers, body, redirect });
console.log(JSON.stringify({ status: response.status, url, body: await response.text(), set: response.headers.getSetCookie() }));\`;
export default {
  request(method, url, body, { headers = {}, redirects } = {}) {
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", ASK, JSON.stringify([method, url, body, headers, redirects === 0 ? "manual" : "follow"])], { encoding: "utf8" });
    const { set, ...response } = JSON.parse(stdout);
    return { ...response, cookies: Object.fromEntries(set.map((one) => [one.split("=", 1)[0], [{ value: one.split("=").slice(1).join("=").split(";", 1)[0] }]])) };
  },
};
`;

/** As websocat 1.14 reads its arguments, sends a `--preamble` and prints what comes (its src/main.rs, my_copy.rs and ws_peer.rs). Of its input nothing is sent. */
const WEBSOCAT = (ws: string): string => `#!/usr/bin/env node
import Socket from ${JSON.stringify(ws)};
const FLAGS = ["--text", "--base64", "--no-close", "--linemode-strip-newlines", "--websocket-ignore-zeromsg"];
const VALUES = ["--protocol", "--origin", "--header", "--binary-prefix", "--text-prefix", "--preamble"];
const given = Object.fromEntries([...FLAGS, ...VALUES].map((name) => [name, []]));
const urls = [];
function fail(why) {
  console.error("Error: " + why);
  process.exit(1);
}
for (const word of process.argv.slice(2)) {
  const [, name, value] = /^(--[a-z\\d-]+)(?:=([^]*))?$/.exec(word) ?? [];
  if (name === undefined) urls.push(word);
  else if (given[name] === undefined || FLAGS.includes(name) !== (value === undefined)) fail("Found argument '" + word + "' which wasn't expected");
  else given[name].push(value);
}
const [url = "", ...more] = urls;
if (more.length > 0 || !/^wss?:/.test(url) || given["--text"].length === 0) fail("Invalid command-line parameters");
const headers = given["--header"].map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).replace(/^ /, "")]);
const [binary] = given["--binary-prefix"];
const [text] = given["--text-prefix"];
const socket = new Socket(url, given["--protocol"].flatMap((list) => list.split(", ")), { headers: Object.fromEntries([...headers, ...given["--origin"].map((origin) => ["Origin", origin])]) });
socket.on("open", () => {
  for (let message of given["--preamble"]) {
    if (message === "") fail("write zero byte into writer");
    if (text !== undefined && message.startsWith(text)) message = message.slice(text.length);
    if (binary === undefined || !message.startsWith(binary)) socket.send(message);
    else socket.send(given["--base64"].length === 0 ? Buffer.from(message.slice(binary.length)) : Buffer.from(message.slice(binary.length), "base64"));
  }
});
socket.on("message", (data, isBinary) => console.log((isBinary ? (binary ?? "") + data.toString("base64") : (text ?? "") + data.toString()).replace(/[\\r\\n]/g, " ")));
socket.on("error", (error) => fail(error.message));
socket.on("close", () => process.exit());
`;

/**
 * k6 as a module of Node's: its own WebSocket, its environment, and its default function called once; it ends when no timer runs.
 * websocat as a program in `bin`.
 */
export function standInForLibraries(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "k6"), { recursive: true });
  const ws = fileURLToPath(import.meta.resolve("ws"));
  writeFileSync(join(modules, "k6", "package.json"), JSON.stringify({ name: "k6", type: "module", exports: { "./websockets": "./websockets.js", "./encoding": "./encoding.js", "./http": "./http.js" } }));
  writeFileSync(join(modules, "k6", "encoding.js"), 'export const b64decode = (text) => new Uint8Array(Buffer.from(text, "base64")).buffer;');
  writeFileSync(join(modules, "k6", "http.js"), K6_HTTP);
  writeFileSync(
    join(modules, "k6", "websockets.js"),
    `import Socket from ${JSON.stringify(ws)};
export class WebSocket extends Socket {
  constructor(url, protocols, params) {
    super(url, protocols ?? [], { headers: params?.headers });
  }
  send(data) {
    if (this.readyState !== Socket.OPEN) throw new Error("InvalidStateError");
    super.send(data);
  }
}`,
  );
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "websocat"), WEBSOCAT(ws), { mode: 0o755 });
  writeFileSync(join(folder, "bin", "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "as-k6.mjs"), 'globalThis.__ENV = process.env;\n(await import("./k6.js")).default();');
  mkdirSync(join(modules, "ws"));
  writeFileSync(join(modules, "ws", "package.json"), '{"name":"ws","type":"module","exports":"./index.js"}');
  writeFileSync(join(modules, "ws", "index.js"), `export { default } from ${JSON.stringify(ws)};`);
}
