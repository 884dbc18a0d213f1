import type { Catalogue } from "../translated.ts";
import { first } from "./first.ts";
import { handshake } from "./handshake.ts";

export const catalogue: Catalogue = { ...first, ...handshake };
