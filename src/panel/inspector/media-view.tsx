import { useEffect, useState } from "react";
import { MEDIA_HEAD, mediaTypeOf } from "../../model/media-type.ts";
import type { FrameIndex } from "../../model/units.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { MOST_READ, readRange } from "./read-range.ts";

interface Media {
  readonly type: string;
  readonly url: string;
}

/**
 * A binary message that is a picture or a sound: shown and played, above its bytes. Chrome decodes both in processes that
 * can do nothing else, and neither kind holds scripts.
 */
export function MediaView({ frame, size }: { readonly frame: FrameIndex; readonly size: number }) {
  const { engine } = useSession();
  const { words } = useSpeaker();
  const [media, setMedia] = useState<Media | null>(null);
  const [pixels, setPixels] = useState("");
  useEffect(() => {
    let isLeft = false;
    let url: string | undefined;
    const read = async (): Promise<void> => {
      const type = size > MOST_READ ? undefined : mediaTypeOf(await engine.call("bytes", { frame, from: 0, to: Math.min(size, MEDIA_HEAD) }));
      if (type === undefined || isLeft) return;
      const bytes = await readRange(engine, frame, 0, size);
      if (isLeft) return;
      url = URL.createObjectURL(new Blob([bytes], { type }));
      setMedia({ type, url });
    };
    read().catch(() => undefined);
    return () => {
      isLeft = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [engine, frame, size]);
  if (media === null) return null;
  const { type, url } = media;
  return (
    <figure className="media">
      {type.startsWith("image/") ? (
        <img src={url} alt={words("hex.image")} onLoad={({ currentTarget }) => setPixels(` · ${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`)} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what a page sent has none
        <audio controls src={url} aria-label={words("hex.audio")} />
      )}
      <figcaption>
        {type}
        {pixels}
      </figcaption>
    </figure>
  );
}
