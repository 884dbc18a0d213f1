import { useEffect, useState } from "react";
import { READING_BYTES, readBytes, type ByteReading } from "../../model/byte-readings.ts";
import type { FrameIndex } from "../../model/units.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface ByteReadingsProps {
  readonly frame: FrameIndex;
  /** The first byte that is read. */
  readonly at: number;
}

/** What the bytes at the cursor are as numbers, as a character, as a time. */
export function ByteReadings({ frame, at }: ByteReadingsProps) {
  const { engine } = useSession();
  const { words } = useSpeaker();
  const [readings, setReadings] = useState<readonly ByteReading[]>([]);
  useEffect(() => {
    let isLeft = false;
    engine.call("bytes", { frame, from: at, to: at + READING_BYTES }).then(
      (bytes) => isLeft || setReadings(readBytes(bytes)),
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [engine, frame, at]);
  return (
    <div className="hex-readings" role="region" aria-label={words("hex.readings")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words("hex.type")}</th>
            <th scope="col">{words("hex.little")}</th>
            <th scope="col">{words("hex.big")}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ as, little, big }) => (
            <tr key={as}>
              <th scope="row">{as}</th>
              {little === big ? (
                <td colSpan={2}>{little}</td>
              ) : (
                <>
                  <td>{little}</td>
                  <td>{big}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
