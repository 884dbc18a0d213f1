const NAME = [0x41, 0x4d, 0x51, 0x50] as const;

/** Whether the header of AMQP 1 stands at a place: its name, the protocol, then the version. */
export const isHeader = (bytes: Uint8Array, from: number): boolean => NAME.every((byte, i) => bytes[from + i] === byte) && bytes[from + 5] === 1;
