import { keptArea } from "../../panel/ahead.ts";

keptArea();
