import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { rule, turnOn } from "../e2e/rules-in-panel.ts";
import { recordOf, setStage, until, type Stage } from "../e2e/stage.ts";

/** What a realm does when it is asked: opens a socket, sends, tells what came. */
const REALM = `
const sockets = {};
const got = {};
globalThis.handle = async ({ open, send, isBinary, name }) => {
  if (open !== undefined) {
    const socket = (sockets[open] = new WebSocket(location.origin.replace("http", "ws") + "/echo?name=" + open));
    socket.binaryType = "arraybuffer";
    got[open] = [];
    const hear = ({ data }) => got[open].push(typeof data === "string" ? data : "bytes " + new TextDecoder().decode(data));
    socket.addEventListener("message", hear);
    await new Promise((resolve) => (socket.onopen = resolve));
  }
  for (const text of send ?? []) sockets[name].send(isBinary ? new TextEncoder().encode(text) : text);
  return got[name ?? open];
};`;
const WORKER = `${REALM}
const answer = async ({ data, ports: [port] }) => port.postMessage(await handle(data));
addEventListener("message", answer);
addEventListener("connect", ({ ports: [port] }) => (port.onmessage = answer));
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));`;
const PAGE = `<!doctype html><script>${REALM}
const asking = (target) => (command) => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  target.postMessage(command, [port2]);
});
globalThis.places = {};
globalThis.start = async (frame) => {
  const shared = new SharedWorker("/worker.js");
  await navigator.serviceWorker.register("/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  places.page = handle;
  places["dedicated worker"] = asking(new Worker("/worker.js"));
  places["shared worker"] = asking(shared.port);
  places["service worker"] = asking(active);
  document.documentElement.append(Object.assign(document.createElement("iframe"), { src: frame }));
};</script>`;

const PLACES = ["page", "frame", "dedicated worker", "shared worker", "service worker"] as const;
type Place = (typeof PLACES)[number];

let server: LoadServer;
let stage: Stage;

async function ask(place: Place, command: object): Promise<string[]> {
  const { page } = stage;
  if (place !== "frame") return (await page.evaluate(`places[${JSON.stringify(place)}](${JSON.stringify(command)})`)) as string[];
  const frame = page.frames().find((one) => one.url().endsWith("/frame"));
  return ((await frame?.evaluate(`handle(${JSON.stringify(command)})`)) ?? []) as string[];
}

const nameOf = (place: Place, isNew: boolean): string => `${place.replaceAll(" ", "-")}-${isNew ? "new" : "open"}`;
const reached = (name: string): string[] => recordOf(server, `/echo?name=${name}`).frames.filter(({ direction }) => direction === "sent").map(({ payload }) => payload?.toString() ?? "");

beforeAll(async () => {
  server = await startLoadServer({ pages: { "/empty": PAGE, "/frame": `<!doctype html><script>${REALM}</script>`, "/worker.js": WORKER } });
  stage = await setStage({ url: `${server.url}empty` });
  await stage.page.evaluate(`start(${JSON.stringify(`${server.url.replace("127.0.0.1", "localhost")}frame`)})`);
  await until(() => Promise.resolve(stage.page.frames().some((one) => one.url().endsWith("/frame"))), Boolean);
  for (const place of PLACES) await ask(place, { open: nameOf(place, false) });
  const received = (filter: string, action: Parameters<typeof rule>[0]["action"]) => rule({ name: filter, filter, action });
  const sent = (filter: string, action: Parameters<typeof rule>[0]["action"]) => rule({ name: filter, filter, direction: "sent", action });
  await turnOn(stage, [
    received("rdrop", { type: "drop" }),
    received("redit", { type: "edit", edits: '"redit" -> "rEDIT"' }),
    received(".rset", { type: "edit", edits: ".rset = .rset * 2" }),
    received("rdelay", { type: "delay", milliseconds: 20 }),
    received("rhold", { type: "hold" }),
    sent("sdrop", { type: "drop" }),
    sent("sedit", { type: "edit", edits: '"sedit" -> "sEDIT"' }),
    sent(".sset", { type: "edit", edits: ".sset = .sset * 2" }),
    sent("sdelay", { type: "delay", milliseconds: 20 }),
    sent("shold", { type: "hold" }),
    sent("sanswer", { type: "answer", text: "ANSWER", instead: true }),
    sent("sbeside", { type: "answer", text: "BESIDE", instead: false }),
  ]);
  for (const place of PLACES) await ask(place, { open: nameOf(place, true) });
}, 120_000);
afterAll(async () => {
  await stage.end();
  await server.close();
});

/** Every message that waits goes, as soon as so many do. */
async function letGo(count: number): Promise<void> {
  await until(() => stage.panel.$$(".rules-held"), (found) => found.length === count);
  for (let left = count; left > 0; left--) {
    await stage.panel.evaluate(() => document.querySelector<HTMLButtonElement>(".rules-held button")?.click());
    await until(() => stage.panel.$$(".rules-held"), (found) => found.length === left - 1);
  }
}

describe.each(PLACES)("message rules in a %s", (place) => {
  it.each([true, false])("do each what they say to what is sent and received, as text and as bytes (on a new connection: %s)", async (isNew) => {
    const name = nameOf(place, isNew);
    if (!isNew) {
      // It comes under the rules once it is recognised by what it says.
      for (let round = 0; ; round++) {
        await ask(place, { name, send: ["sdrop", `mark ${round}`] });
        await until(() => ask(place, { name }), (got) => got.includes(`mark ${round}`));
        const all = reached(name);
        if (all[all.indexOf(`mark ${round}`) - 1] !== "sdrop") break;
        expect(round).toBeLessThan(100);
      }
    }
    // Of what listens in a worker Chrome does not tell.
    const isReceivedRuled = isNew || place === "page" || place === "frame";
    for (const isBinary of [false, true]) {
      const before = { got: (await ask(place, { name })).length, wire: reached(name).length };
      await ask(place, { name, isBinary, send: ["rdrop", "redit", '{"rset":2}', "rdelay", "rhold", "sdrop", "sedit", '{"sset":2}', "sdelay", "shold", "sanswer", "sbeside", "plain"] });
      await letGo(isReceivedRuled ? 2 : 1);
      const as = (text: string): string => (isBinary ? `bytes ${text}` : text);
      const fromServer = isReceivedRuled ? ["rEDIT", '{"rset":4}', "rdelay", "rhold"] : ["rdrop", "redit", '{"rset":2}', "rdelay", "rhold"];
      const expected = [...[...fromServer, "sEDIT", '{"sset":4}', "sdelay", "shold", "sbeside", "plain"].map(as), "ANSWER", "BESIDE"].toSorted();
      const got = await until(() => ask(place, { name }), (all) => all.length - before.got >= expected.length);
      expect(got.slice(before.got).toSorted()).toEqual(expected);
      expect(reached(name).slice(before.wire).toSorted()).toEqual(["plain", "rdelay", "rdrop", "redit", '{"rset":2}', "rhold", "sEDIT", '{"sset":4}', "sbeside", "sdelay", "shold"].toSorted());
    }
  });
});
