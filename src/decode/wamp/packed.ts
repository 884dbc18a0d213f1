/** The subprotocols of WAMP in MessagePack or CBOR: which of them, and whether messages are batched. */
export const PACKED = /^wamp\.2\.(?:(msgpack)|cbor)(\.batched)?$/;
