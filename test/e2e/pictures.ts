import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { screenshotPanel, type OpenPanel } from "../../scripts/devtools-session.mjs";

/** Pictures to be looked at are taken only where `PICTURES` is set: no test needs them, and they take their time. */
export const arePicturesWanted = process.env["PICTURES"] !== undefined;

/** A picture of the panel as out/`name`.png, where pictures are wanted. */
export async function takePicture(open: OpenPanel, name: string): Promise<void> {
  if (!arePicturesWanted) return;
  const file = new URL(`../../out/${name}.png`, import.meta.url);
  await mkdir(new URL("./", file), { recursive: true });
  await screenshotPanel(open, fileURLToPath(file));
}
