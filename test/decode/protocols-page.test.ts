import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DECODERS } from "../../src/decode/registry.ts";
import { protocolsPage } from "../../scripts/protocols.mjs";

const page = readFileSync(new URL("../../docs/protocols.md", import.meta.url), "utf8");

it("docs/protocols.md is what `npm run protocols` writes, and has every decoder", async () => {
  expect(page).toBe(await protocolsPage());
  for (const { id, name } of DECODERS) expect(page).toContain(`### ${name}\n\`${id}\`,`);
});

it("docs/protocols.md says of each protocol which of its versions are read", () => {
  const versions = new Map([...page.matchAll(/^\| \[(.+?)\]\(#[\w-]+\) \| ([^|]*) \|/gm)].map(([, name, text]) => [name, text?.trim()]));
  for (const { name, claims } of DECODERS) if (claims === "connection") expect(versions.get(name), name).toMatch(/./);
});
