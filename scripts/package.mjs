/**
 * `npm run package`: builds the extension and writes out/framescope-VERSION.zip and prints its SHA-256.
 *
 * Only Node's own modules are imported here at first: the packages may not be installed yet.
 */
import { fileURLToPath } from "node:url";
import { buildExtension, EXTENSION_FOLDER } from "./build-extension.mjs";
import { runScript } from "./lifetime.mjs";
import { writePackage } from "./package-files.mjs";
import { ROOT, setUp } from "./set-up.mjs";

await runScript(async ({ signal }) => {
  await setUp({ signal });
  await buildExtension({ signal });
  const { path, files, bytes, sha256 } = await writePackage(fileURLToPath(EXTENSION_FOLDER), fileURLToPath(new URL("out/", ROOT)));
  console.log(`${path}: ${files} files, ${Math.ceil(bytes / 1000)} kB`);
  console.log(`sha256 ${sha256}`);
});
