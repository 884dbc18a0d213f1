import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../kubernetes/kubernetes-session.ts"));

/**
 * Kubernetes' exec, attach and port-forward (`v4.channel.k8s.io`, `v5`): a byte that is the channel, then its data.
 *
 * Sure from the subprotocol. A message is named by its channel; what the error channel says at the end is an error only
 * where it is a failure. Not known: the base64 form.
 */
export const kubernetes = {
  id: "kubernetes",
  name: "Kubernetes Channels",
  claims: "connection",
  carries: true,
  suits: ({ subprotocol }) => /^(?:v\d\.)?channel\.k8s\.io$/.test(subprotocol),
  load: session.load,
  open: (context): DecodeSession => session.get().openKubernetes(context),
} as const satisfies Decoder;
