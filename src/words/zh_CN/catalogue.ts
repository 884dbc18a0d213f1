import type { Catalogue } from "../translated.ts";
import { first } from "./first.ts";
import { format } from "./format.ts";
import { handshake } from "./handshake.ts";
import { menu } from "./menu.ts";
import { node } from "./node.ts";
import { settings } from "./settings.ts";

export const catalogue: Catalogue = { ...first, ...format, ...handshake, ...menu, ...node, ...settings };
