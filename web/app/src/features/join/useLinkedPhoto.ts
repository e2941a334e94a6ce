import { LINK_CODE, photoPath, type wire } from '@parlance/sdk';
import { useEffect, useState } from 'react';

/** The photo of the group behind a link, once it is there. Who is no member reads it with the code, which is in no address. */
export function useLinkedPhoto({ conversation_id: id, photo }: wire.LinkPreview, code: string) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!photo) return;
    const ended = new AbortController();
    let made: string | undefined;
    const load = async () => {
      const { signal } = ended;
      const answer = await fetch(photoPath(id, photo), { headers: { [LINK_CODE]: code }, signal });
      if (!answer.ok) return;
      const content = await answer.blob();
      if (signal.aborted) return;
      made = URL.createObjectURL(content);
      setUrl(made);
    };
    // Without it there is the generated picture.
    load().catch(() => undefined);
    return () => {
      ended.abort();
      if (made) URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [id, photo, code]);
  return url;
}
