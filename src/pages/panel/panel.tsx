import { openPanel } from "../../panel/open-panel.tsx";
import { openCapture } from "../app/open-capture.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
openPanel(root, { openCapture });
