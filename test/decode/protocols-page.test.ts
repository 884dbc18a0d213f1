import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DECODERS } from "../../src/decode/registry.ts";
import { protocolsPage } from "../../scripts/protocols.mjs";

const page = readFileSync(new URL("../../docs/protocols.md", import.meta.url), "utf8");

it("docs/protocols.md is what `npm run protocols` writes, and has every decoder", async () => {
  expect(page).toBe(await protocolsPage());
  for (const { id, name } of DECODERS) expect(page).toContain(`### ${name}\n\`${id}\`,`);
});
