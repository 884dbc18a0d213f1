import { openPanel } from "../../panel/open-panel.tsx";
import { sessionsOfPage } from "../ahead/sessions-of-page.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
openPanel(root, { sessions: sessionsOfPage() });
