import { openPanel } from "../../panel/open-panel.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
openPanel(root);
