import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../kubernetes/kubernetes-session.ts"));

/**
 * Kubernetes' exec, attach and port-forward (`channel.k8s.io`, `v2` to `v5`): a byte that is the channel, then its data; of the
 * base64 form (`base64.channel.k8s.io`) a digit, then its data in base64.
 *
 * Versions: `channel.k8s.io` and `base64.channel.k8s.io`, and `v2` to `v5` of them.
 *
 * Sure from the subprotocol. A message is named by its channel, of a port-forward by the place of its port; what the error channel
 * says at the end is an error only where it is a failure.
 */
export const kubernetes = {
  id: "kubernetes",
  name: "Kubernetes Channels",
  claims: "connection",
  carries: true,
  suits: ({ subprotocol }) => /^(?:v\d\.)?(?:base64\.)?channel\.k8s\.io$/.test(subprotocol),
  load: session.load,
  open: (context): DecodeSession => session.get().openKubernetes(context),
} as const satisfies Decoder;
