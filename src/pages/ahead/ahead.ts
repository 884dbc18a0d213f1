import { askForWires } from "./ask-for-wires.ts";
import { sessionsOfPage } from "./sessions-of-page.ts";

sessionsOfPage();
askForWires(window);
