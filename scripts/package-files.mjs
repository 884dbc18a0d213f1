/** A folder as one zip, whose bytes depend on its files alone: names are sorted, and times and attributes are the same for all. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

const COMPRESSION_LEVEL = 9;

/**
 * Writes the zip of a built extension, named by its version.
 * @param {string} folder
 * @param {string} out
 * @returns {Promise<{ path: string, files: number, bytes: number, sha256: string }>} `sha256`: of the file, in hexadecimal.
 */
export async function writePackage(folder, out) {
  const files = await readFiles(folder);
  const archive = await zip(files);
  await mkdir(out, { recursive: true });
  const path = join(out, `framescope-${await readVersion(folder)}.zip`);
  await writeFile(path, archive);
  return { path, files: files.length, bytes: archive.length, sha256: createHash("sha256").update(archive).digest("hex") };
}

/**
 * Every file below the folder, by its name in the archive.
 * @param {string} folder
 * @returns {Promise<{ name: string, bytes: Uint8Array }[]>}
 */
async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => ({ name: relative(folder, path).split(sep).join("/"), bytes: await readFile(path) }));
  // Compared by code unit: a locale's order differs from machine to machine.
  return (await Promise.all(files)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * @param {readonly { name: string, bytes: Uint8Array }[]} files
 * @returns {Promise<Uint8Array>}
 */
async function zip(files) {
  const { zipSync } = await import("fflate");
  // The first moment that the format can express. It has no time zone: the date is read in local time.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: COMPRESSION_LEVEL, mtime });
}

/** @param {string} folder */
async function readVersion(folder) {
  /** @type {{ version?: unknown }} */
  const { version } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  if (typeof version !== "string") throw new Error("The built manifest names no version.");
  return version;
}
