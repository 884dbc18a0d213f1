import { keptArea } from "../../panel/ahead.ts";
import { droppedFiles } from "../../panel/import/dropped-files.ts";

keptArea();
droppedFiles();
