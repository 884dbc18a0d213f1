import { utf8Between } from "../utf8-text.ts";

export type MqttProperties = Readonly<Record<string, unknown>>;

type Form = "byte" | "two" | "four" | "varint" | "text" | "bytes" | "pair";

/** By their numbers (MQTT 5 §2.2.2.2). */
const PROPERTIES: Readonly<Partial<Record<number, readonly [string, Form]>>> = {
  1: ["payloadFormat", "byte"],
  2: ["messageExpiry", "four"],
  3: ["contentType", "text"],
  8: ["responseTopic", "text"],
  9: ["correlationData", "bytes"],
  11: ["subscriptionId", "varint"],
  17: ["sessionExpiry", "four"],
  18: ["assignedClientId", "text"],
  19: ["serverKeepAlive", "two"],
  21: ["authenticationMethod", "text"],
  22: ["authenticationData", "bytes"],
  23: ["requestProblemInformation", "byte"],
  24: ["willDelay", "four"],
  25: ["requestResponseInformation", "byte"],
  26: ["responseInformation", "text"],
  28: ["serverReference", "text"],
  31: ["reason", "text"],
  33: ["receiveMaximum", "two"],
  34: ["topicAliasMaximum", "two"],
  35: ["topicAlias", "two"],
  36: ["maximumQos", "byte"],
  37: ["retainAvailable", "byte"],
  38: ["userProperties", "pair"],
  39: ["maximumPacketSize", "four"],
  40: ["wildcardSubscriptions", "byte"],
  41: ["subscriptionIds", "byte"],
  42: ["sharedSubscriptions", "byte"],
};

/** Reads the properties at a place; undefined where they are none. */
export function passProperties(bytes: Uint8Array, from: number, to: number): { readonly properties: MqttProperties; readonly end: number } | undefined {
  const length = varint(bytes, from, to);
  if (length === undefined || length.end + length.value > to) return undefined;
  const end = length.end + length.value;
  const properties: Record<string, unknown> = {};
  for (let at = length.end; at < end; ) {
    const [name, form] = PROPERTIES[bytes[at] as number] ?? ["", "byte"];
    const read = name === "" ? undefined : valueAt(bytes, at + 1, end, form);
    if (read === undefined) return undefined;
    if (form === "pair") ((properties[name] ??= []) as unknown[]).push(read.value);
    else properties[name] = read.value;
    at = read.end;
  }
  return { properties, end };
}

function valueAt(bytes: Uint8Array, at: number, to: number, form: Form): { readonly value: unknown; readonly end: number } | undefined {
  switch (form) {
    case "byte":
    case "two":
    case "four": {
      const size = form === "byte" ? 1 : form === "two" ? 2 : 4;
      if (at + size > to) return undefined;
      let value = 0;
      for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] as number);
      return { value, end: at + size };
    }
    case "varint":
      return varint(bytes, at, to);
    case "text":
    case "bytes": {
      const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      if (at + 2 > to || end > to) return undefined;
      return { value: form === "text" ? utf8Between(bytes, at + 2, end) : { length: end - at - 2 }, end };
    }
    case "pair": {
      const key = valueAt(bytes, at, to, "text");
      const value = key && valueAt(bytes, key.end, to, "text");
      return value && { value: [key.value, value.value], end: value.end };
    }
  }
}

/** A variable byte integer (MQTT 5 §1.5.5). */
function varint(bytes: Uint8Array, from: number, to: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let i = 0; i < 4 && from + i < to; i++) {
    const byte = bytes[from + i] as number;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, end: from + i + 1 };
  }
  return undefined;
}
