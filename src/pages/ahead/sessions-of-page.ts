import { droppedFiles } from "../../panel/import/dropped-files.ts";
import { Sessions } from "../../panel/sessions.ts";
import { openCapture } from "../app/open-capture.ts";

let sessions: Sessions | undefined;

/** What this window shows. Whoever asks first has it begin; in development no script runs ahead. */
export const sessionsOfPage = (): Sessions => (sessions ??= new Sessions({ openCapture, dropped: droppedFiles() }));
