import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { canInstall, installPackages } from "../../scripts/debian-packages.mjs";
import { writePcapng } from "../../src/format/pcapng/write-pcapng.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { aConnection } from "../model/a-connection.ts";
import { aSource, at, binary, text, write } from "../format/a-source.ts";

const folder = mkdtempSync(join(tmpdir(), "framescope-tshark-"));
const tshark = (...options: readonly string[]): string => spawnSync("tshark", ["-r", join(folder, "capture.pcapng"), ...options], { encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
type Fields = Readonly<Record<string, unknown>>;
/** A difference of megabytes is nothing to read. */
const digest = (bytes: Uint8Array): string => `${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`;
const hasTshark = (): boolean => spawnSync("tshark", ["--version"]).status === 0;

beforeAll(async () => {
  if (!hasTshark() && (await canInstall())) await installPackages(["tshark"]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("tshark takes apart what is exported as pcapng: every message, whole, and nothing that it warns of", ({ skip }) => {
  if (!hasTshark()) skip("tshark is not here");
  const one = Array.from({ length: 200 }, (_, i) => (i % 4 === 3 ? binary(i % 2 === 0 ? "sent" : "received", new Uint8Array(i === 99 ? 200_000 : i * 97).fill(i), at(2 + i / 10)) : text(i % 2 === 0 ? "sent" : "received", `{"n":${i},"pad":"${"x".repeat(i * 7)}"}`, at(2 + i / 10))));
  const two = [text("sent", "other", at(3)), text("received", "größe", at(4))];
  const closing = { code: 4001, reason: "bye", wasClean: true };
  const source = aSource([aConnection({ closing, closedAt: monotonicSeconds(60), state: "closed" }), aConnection({ id: connectionId(2), url: "wss://other.test/x?y=1" })], { 1: one, 2: two });
  writeFileSync(join(folder, "capture.pcapng"), write({ write: writePcapng }, source, {}, false).bytes);
  const packets = JSON.parse(tshark("-Y", "websocket", "-T", "json", "-x")) as readonly { readonly _source: { readonly layers: { readonly tcp: Fields; readonly websocket: Fields } } }[];
  const payloads = (stream: string): readonly string[] =>
    packets
      .map(({ _source: { layers } }) => layers)
      .filter(({ tcp, websocket }) => tcp["tcp.stream"] === stream && websocket["websocket.opcode"] !== "8")
      .map(({ websocket }) => digest(Buffer.from((websocket["websocket.payload_raw"] as readonly string[])[0] ?? "", "hex")));
  expect(payloads("0")).toEqual(one.map((frame) => digest(frame.payload())));
  expect(payloads("1")).toEqual(two.map((frame) => digest(frame.payload())));
  expect(tshark("-Y", "websocket.opcode == 8", "-T", "fields", "-e", "websocket.payload.close.status_code")).toBe("4001\n4001\n");
  expect(tshark("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-Y", "_ws.expert.severity >= warning || tcp.checksum.status == 0")).toBe("");
});
