import { useEffect, useState } from "react";
import { say, type Told } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { readMedia } from "./read-media.ts";
import { MOST_READ } from "./read-range.ts";

interface Shown {
  readonly type: string;
  readonly url: string;
}

/**
 * A binary message that is a picture or a sound: shown and played, above its bytes, or why it is not. Its type is that of its
 * first bytes, whatever the page says of it, and none that holds scripts; docs/architecture.md has what else keeps it from doing harm.
 */
export function MediaView({ frame, size }: { readonly frame: FrameIndex; readonly size: number }) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const [media, setMedia] = useState<Shown | null>(null);
  const [pixels, setPixels] = useState("");
  const [problem, setProblem] = useState<Told | null>(null);
  useEffect(() => {
    let isLeft = false;
    let url: string | undefined;
    readMedia(engine, frame, size).then(
      (read) => {
        if (isLeft || read === null) return;
        const { type, bytes } = read;
        if (bytes === null) return setProblem(say("hex.media-too-large", { type, most: MOST_READ }));
        url = URL.createObjectURL(new Blob([bytes], { type }));
        setMedia({ type, url });
      },
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    return () => {
      isLeft = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [engine, frame, size]);
  if (problem !== null) return <p className="inspector-note inspector-note-slim media-problem">{tell(problem)}</p>;
  if (media === null) return null;
  const { type, url } = media;
  const fail = (): void => setProblem(say("hex.media-not-decoded", { type }));
  return (
    <figure className="media">
      {type.startsWith("image/") ? (
        <img src={url} alt={words("hex.image")} onError={fail} onLoad={({ currentTarget }) => setPixels(` · ${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`)} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what a page sent has none
        <audio controls src={url} aria-label={words("hex.audio")} onError={fail} />
      )}
      <figcaption>
        {type}
        {pixels}
      </figcaption>
    </figure>
  );
}
