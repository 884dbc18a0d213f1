"use strict";
const { readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } = require("node:fs");
const { wrap } = require("node:module");
const paths = require("node:path");
const { Script } = require("node:vm");

/** Those that were compiled anew, of which source, and where what Node made of them is kept. @type {{ readonly script: InstanceType<typeof Script>, readonly source: Buffer, readonly folder: string, readonly kind: string, readonly cache: string }[]} */
const compiled = [];
/** @type {Map<string, { exports: any }>} */
const modules = new Map();

/**
 * As `require`, of a file that was bundled with all that it needs, and of what it loads of its folder. What Node compiled of it is
 * kept beside it, by `keepCompiled`, and taken from there next time: to compile it takes half as long as all else of a start. Whoever
 * could write there could as well write the program. `purpose`: what it is started for; other functions of it run for another.
 * @param {string} path
 * @param {string} purpose
 * @returns {any}
 */
function loadCompiled(path, purpose) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(path, module);
  const { dir: folder, base } = paths.parse(path);
  const kind = `${base}.${purpose}-`;
  const cache = `${kind}${process.version}-${process.arch}.cache`;
  const source = readFileSync(path);
  const cachedData = readCompiled(paths.join(folder, cache), source);
  const script = new Script(wrap(source.toString()), { filename: path, ...(cachedData !== undefined && { cachedData }) });
  // Another version of V8, or other flags.
  if (cachedData === undefined || script.cachedDataRejected === true) compiled.push({ script, source, folder, kind, cache });
  const load = (/** @type {string} */ id) => (id.startsWith("./") ? loadCompiled(paths.join(folder, id), purpose) : require(id));
  script.runInThisContext().call(module.exports, module.exports, load, module, path, folder);
  return module.exports;
}

/**
 * What was compiled of a source, if it was of this one: V8 compares no more than the length, and times tell of other files too.
 * The source stands whole at the end of what is kept: to compare it takes a tenth of what a checksum does, and nothing that was
 * cut short has it there.
 * @param {string} cache
 * @param {Buffer} source
 */
function readCompiled(cache, source) {
  try {
    const kept = readFileSync(cache);
    const end = kept.length - source.length;
    return end > 0 && source.equals(kept.subarray(end)) ? kept.subarray(0, end) : undefined;
  } catch {
    return undefined;
  }
}

/** Once what runs has run: functions are compiled when they are first called. Where nothing can be written, each start compiles anew. */
function keepCompiled() {
  for (const { script, source, folder, kind, cache } of compiled.splice(0)) {
    // A process in a container has the same number each time.
    const part = paths.join(folder, `${cache}.${process.pid}-${Date.now()}`);
    try {
      // V8 does not look whether the code is whole: it is on the disk before it has its name.
      writeFileSync(part, Buffer.concat([script.createCachedData(), source]), { flag: "wx", flush: true });
      renameSync(part, paths.join(folder, cache));
      removeOthers(folder, kind, cache);
    } catch {
      remove(part);
    }
  }
}

/** What another Node kept of the file for the same purpose, and what was begun and is written by nobody any more. @param {string} folder @param {string} kind @param {string} cache */
function removeOthers(folder, kind, cache) {
  // Who is at it right now fails to name it, which is no loss: one is kept.
  for (const name of readdirSync(folder)) if (name.startsWith(kind) && name !== cache) remove(paths.join(folder, name));
}

/** @param {string} path */
function remove(path) {
  try {
    unlinkSync(path);
  } catch {}
}

module.exports = { keepCompiled, loadCompiled };
