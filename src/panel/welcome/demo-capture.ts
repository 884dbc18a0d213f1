import { bytesOfBase64 } from "../../model/base64.ts";
import { importsOf } from "../import/import-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
// The extension's pages may connect to nothing, not even to its own files: it comes as a piece of script.
import demo from "./demo.framescope?inline";

/** Imports the capture that comes with the extension, and shows it in a page of its own. */
export async function openDemo(session: PanelSession, name: string): Promise<void> {
  const bytes = bytesOfBase64(demo.slice(demo.indexOf(",") + 1));
  await importsOf(session).add([new File([bytes], `${name}.framescope`)]);
}
