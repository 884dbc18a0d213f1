import { LABEL_KEYS, TOPIC_HOLDERS, TOPIC_KEYS, WEAK_LABEL_KEYS } from "../../model/message-keys.ts";

/**
 * Which keys say what a message is, as protocols in the wild name them. Lists are in order of rank: of two keys of one
 * role, the earlier counts.
 */

/** Keys of an id that an answer carries again. The last list's are often just a count of one side's messages. */
const ID_KEYS = [
  "correlationId", "correlation_id", "id", "reqId", "req_id", "requestId", "request_id", "rid", "cid", "callId", "call_id",
  "msgId", "msg_id", "messageId", "message_id", "ref",
] as const;
const WEAK_ID_KEYS = ["seq", "sn"] as const;

/** Keys that hold the id of another message, the one that is answered. */
const ANSWER_KEYS = [
  "reply_to", "replyTo", "in_reply_to", "inReplyTo", "request_seq", "requestSeq", "seq_reply", "response_to", "responseTo",
] as const;

export const NO_ROLE = -1;
/** Ranks of labels and ids from here on are weak. */
export const FIRST_WEAK_LABEL = LABEL_KEYS.length;
export const FIRST_WEAK_ID = ID_KEYS.length;
/** Labels up to here may say more about a message that another key calls `event` or `message`. */
export const LAST_TELLING_LABEL = LABEL_KEYS.length + WEAK_LABEL_KEYS.indexOf("e");
export const LABEL_RANKS = LABEL_KEYS.length + WEAK_LABEL_KEYS.length;

/** What one key means: its rank in each role, `NO_ROLE` where it has none. */
export interface FieldRole {
  label: number;
  id: number;
  answers: number;
  topic: number;
  topicHolder: number;
  outcome: "result" | "error" | "jsonrpc" | undefined;
}

export const FIELD_ROLES: ReadonlyMap<string, Readonly<FieldRole>> = gatherRoles();
/** The label of a JSON-RPC request. */
export const METHOD = LABEL_KEYS.indexOf("method");
/** The names of label keys by rank. */
export const LABEL_KEY_NAMES: readonly string[] = [...LABEL_KEYS, ...WEAK_LABEL_KEYS];

function gatherRoles(): Map<string, FieldRole> {
  const roles = new Map<string, FieldRole>();
  const roleOf = (key: string): FieldRole => {
    const role = roles.get(key) ?? {
      label: NO_ROLE,
      id: NO_ROLE,
      answers: NO_ROLE,
      topic: NO_ROLE,
      topicHolder: NO_ROLE,
      outcome: undefined,
    };
    roles.set(key, role);
    return role;
  };
  for (const [rank, key] of [...LABEL_KEYS, ...WEAK_LABEL_KEYS].entries()) roleOf(key).label = rank;
  for (const [rank, key] of [...ID_KEYS, ...WEAK_ID_KEYS].entries()) roleOf(key).id = rank;
  for (const [rank, key] of ANSWER_KEYS.entries()) roleOf(key).answers = rank;
  for (const [rank, key] of TOPIC_KEYS.entries()) roleOf(key).topic = rank;
  for (const [rank, key] of TOPIC_HOLDERS.entries()) roleOf(key).topicHolder = rank;
  for (const outcome of ["result", "error", "jsonrpc"] as const) roleOf(outcome).outcome = outcome;
  return roles;
}
