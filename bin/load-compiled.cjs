"use strict";
const { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } = require("node:fs");
const { wrap } = require("node:module");
const paths = require("node:path");
const { Script } = require("node:vm");

/** Those that were compiled anew, and where what Node made of them is kept. @type {{ readonly script: InstanceType<typeof Script>, readonly cache: string }[]} */
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
  const cache = `${path}.${purpose}-${process.version}-${process.arch}.cache`;
  const cachedData = readNewer(cache, path);
  const script = new Script(wrap(readFileSync(path, "utf8")), { filename: path, ...(cachedData !== undefined && { cachedData }) });
  // Another version of V8, or other flags.
  if (cachedData === undefined || script.cachedDataRejected === true) compiled.push({ script, cache });
  const folder = paths.dirname(path);
  const load = (/** @type {string} */ id) => (id.startsWith("./") ? loadCompiled(paths.join(folder, id), purpose) : require(id));
  script.runInThisContext().call(module.exports, module.exports, load, module, path, folder);
  return module.exports;
}

/** What was kept of a file, if that has not been written since. @param {string} cache @param {string} path */
function readNewer(cache, path) {
  try {
    return statSync(cache).mtimeMs < statSync(path).mtimeMs ? undefined : readFileSync(cache);
  } catch {
    return undefined;
  }
}

/** Once what runs has run: functions are compiled when they are first called. Where nothing can be written, each start compiles anew. */
function keepCompiled() {
  for (const { script, cache } of compiled.splice(0)) {
    const part = `${cache}.${process.pid}`;
    try {
      const handle = openSync(part, "wx");
      try {
        writeSync(handle, script.createCachedData());
        // V8 does not look whether it is whole.
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(part, cache);
    } catch {}
  }
}

module.exports = { keepCompiled, loadCompiled };
