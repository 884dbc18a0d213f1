import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { signalR } from "../decoders/signalr.ts";
import { RecordSession } from "../records/record-session.ts";
import { splitRecords } from "../records/split-records.ts";
import { readHubMessage } from "./read-hub-message.ts";

export const openSignalR = (context: DecodeContext): DecodeSession => new RecordSession(context, { decoder: signalR, split: splitRecords, read: readHubMessage });
