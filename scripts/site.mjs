/** `npm run site`: makes the documentation in docs/ a folder of static pages, out/site/. */
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";
import { makeSite, readPages } from "./site-pages.mjs";

const OUT = new URL("out/site/", ROOT);

await runScript(async ({ signal }) => {
  await setUp({ signal });
  const { marked } = await import("marked");
  const site = await makeSite(await readPages(ROOT), (markdown) => marked.parse(markdown, { gfm: true }));
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const [file, html] of site) await writeFile(new URL(file, OUT), html);
  await cp(new URL("docs/screenshots/", ROOT), new URL("screenshots/", OUT), { recursive: true });
  await cp(new URL("public/icons/48.png", ROOT), new URL("icon.png", OUT));
  console.log(`${fileURLToPath(OUT)}index.html: ${site.size} pages`);
});
