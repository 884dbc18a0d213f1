/** `npm run rules`: writes what scripts/rooms.mjs says into .oxlintrc.json. */
import { readFile, writeFile } from "node:fs/promises";
import { withRooms } from "./lint-config.mjs";
import { ROOT } from "./set-up.mjs";

const file = new URL(".oxlintrc.json", ROOT);
await writeFile(file, withRooms(await readFile(file, "utf8")));
