/** What is described (AMQP 1.0, 2.7, 3.2, 3.4, 3.5 and 5.3.3): its name, and the fields of its list in their order; undefined where it is none. */
export interface Composite {
  readonly name: string;
  readonly fields: readonly string[] | undefined;
}

const COMPOSITES: Readonly<Record<number, string>> = {
  0x10: "open: container-id hostname max-frame-size channel-max idle-time-out outgoing-locales incoming-locales offered-capabilities desired-capabilities properties",
  0x11: "begin: remote-channel next-outgoing-id incoming-window outgoing-window handle-max offered-capabilities desired-capabilities properties",
  0x12: "attach: name handle role snd-settle-mode rcv-settle-mode source target unsettled incomplete-unsettled initial-delivery-count max-message-size offered-capabilities desired-capabilities properties",
  0x13: "flow: next-incoming-id incoming-window next-outgoing-id outgoing-window handle delivery-count link-credit available drain echo properties",
  0x14: "transfer: handle delivery-id delivery-tag message-format settled more rcv-settle-mode state resume aborted batchable",
  0x15: "disposition: role first last settled state batchable",
  0x16: "detach: handle closed error",
  0x17: "end: error",
  0x18: "close: error",
  0x1d: "error: condition description info",
  0x23: "received: section-number section-offset",
  0x24: "accepted:",
  0x25: "rejected: error",
  0x26: "released:",
  0x27: "modified: delivery-failed undeliverable-here message-annotations",
  0x28: "source: address durable expiry-policy timeout dynamic dynamic-node-properties distribution-mode filter default-outcome outcomes capabilities",
  0x29: "target: address durable expiry-policy timeout dynamic dynamic-node-properties capabilities",
  0x40: "sasl-mechanisms: sasl-server-mechanisms",
  0x41: "sasl-init: mechanism initial-response hostname",
  0x42: "sasl-challenge: challenge",
  0x43: "sasl-response: response",
  0x44: "sasl-outcome: code additional-data",
  0x70: "header: durable priority ttl first-acquirer delivery-count",
  0x71: "delivery-annotations",
  0x72: "message-annotations",
  0x73: "properties: message-id user-id to subject reply-to correlation-id content-type content-encoding absolute-expiry-time creation-time group-id group-sequence reply-to-group-id",
  0x74: "application-properties",
  0x75: "data",
  0x76: "amqp-sequence",
  0x77: "amqp-value",
  0x78: "footer",
};

const BY_CODE: ReadonlyMap<number, Composite> = new Map(
  Object.entries(COMPOSITES).map(([code, text]) => {
    const [name = "", fields] = text.split(":");
    return [Number(code), { name, fields: fields?.split(" ").filter((field) => field !== "") }];
  }),
);
/** A descriptor may be written as a symbol too: `amqp:open:list`. */
const BY_NAME: ReadonlyMap<string, Composite> = new Map([...BY_CODE.values()].map((composite) => [composite.name, composite]));

/** By a descriptor, as text; one that is somebody's own keeps it as its name. */
export const compositeOf = (descriptor: string): Composite =>
  BY_CODE.get(/^\d+$/.test(descriptor) ? Number(descriptor) : -1) ?? BY_NAME.get(/^amqp:([a-z-]+):[a-z*]+$/.exec(descriptor)?.[1] ?? "") ?? { name: descriptor, fields: undefined };
