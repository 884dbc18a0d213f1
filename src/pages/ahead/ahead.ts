import { droppedFiles } from "../../panel/import/dropped-files.ts";
import { askForWires } from "./ask-for-wires.ts";
import { sessionsOfPage } from "./sessions-of-page.ts";

droppedFiles();
sessionsOfPage();
askForWires(window);
