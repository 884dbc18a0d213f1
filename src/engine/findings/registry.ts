import type { FindingRule } from "./rule.ts";
import { answersStop } from "./rules/answers-stop.ts";
import { burst } from "./rules/burst.ts";
import { closedAbnormally } from "./rules/closed-abnormally.ts";
import { handshake } from "./rules/handshake.ts";
import { heavyType } from "./rules/heavy-type.ts";
import { latencyJump } from "./rules/latency-jump.ts";
import { missedHeartbeats } from "./rules/missed-heartbeats.ts";
import { neverSpeaks } from "./rules/never-speaks.ts";
import { receivedAgain } from "./rules/received-again.ts";
import { reconnectStorm } from "./rules/reconnect-storm.ts";
import { repeatedMessage } from "./rules/repeated-message.ts";
import { sameEnd } from "./rules/same-end.ts";
import { sequenceGaps } from "./rules/sequence-gaps.ts";
import { unansweredRequests } from "./rules/unanswered-requests.ts";
import { uncompressedText } from "./rules/uncompressed-text.ts";

/** Every rule, in the order in which findings of one weight are listed. */
export const FINDING_RULES: readonly FindingRule[] = [
  handshake,
  closedAbnormally,
  reconnectStorm,
  sameEnd,
  missedHeartbeats,
  neverSpeaks,
  sequenceGaps,
  answersStop,
  unansweredRequests,
  latencyJump,
  receivedAgain,
  repeatedMessage,
  uncompressedText,
  heavyType,
  burst,
];
