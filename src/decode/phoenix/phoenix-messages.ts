export { readBinary, writeBinary } from "./binary-message.ts";
export { readJsonMessage } from "./json-message.ts";
