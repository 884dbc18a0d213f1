import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, unzipSync } from "fflate";
import { expect, it } from "vitest";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));

/** A file's bytes, or those of the files in it. */
function unpacked(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return [gunzipSync(bytes)];
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return Object.values(unzipSync(bytes));
  return [bytes];
}

/** Places of whoever recorded it: their disk, their home. Slashes also as JSON may escape them. */
const OF_A_MACHINE = /file:\\?\/\\?\/|\\?\/(?:home|Users)\\?\/\w+|\\?\/root\\?\/|\b[A-Z]:\\+Users\b/;

const placesIn = (bytes: Uint8Array): readonly string[] => unpacked(bytes).flatMap((part) => OF_A_MACHINE.exec(Buffer.from(part).toString("latin1"))?.[0] ?? []);

it("no recording among the fixtures tells of the machine that it was made on", () => {
  const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => placesIn(readFileSync(file)).map((place) => `${file}: ${place}`))).toEqual([]);
});

it.each(['{"url":"file:///srv/page.html"}', '{"stack":"at x (/home/ada/app.js:1)"}', '{"stack":"\\/Users\\/ada\\/app.js"}', '{"path":"C:\\\\Users\\\\ada"}', "at /root/app.js"])("%s would be refused", (text) => {
  expect(placesIn(Buffer.from(text))).toHaveLength(1);
});
