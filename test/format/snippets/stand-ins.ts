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

/** k6 as a module of Node's: its own WebSocket, its environment, and its default function called once. */
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
    this.addEventListener("close", () => process.exit());
  }
}`,
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "as-k6.mjs"), 'globalThis.__ENV = process.env;\n(await import("./k6.js")).default();');
  mkdirSync(join(modules, "ws"));
  writeFileSync(join(modules, "ws", "package.json"), '{"name":"ws","type":"module","exports":"./index.js"}');
  writeFileSync(join(modules, "ws", "index.js"), `export { default } from ${JSON.stringify(ws)};`);
}
