import type { OutgoingFile } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useClient } from '../../../../platform/index.ts';

/** A picture of a file on its way, from its own bytes: an address that is good as long as this is shown. */
export function usePreview(file: OutgoingFile): string | undefined {
  const { uploads } = useClient();
  const [url, setUrl] = useState<string>();
  const id = file.kind === 'picture' ? file.id : file.poster?.id;
  useEffect(() => {
    if (!id) return;
    let made: string | undefined;
    let wanted = true;
    void uploads.bytes(id).then(bytes => {
      if (!bytes || !wanted) return;
      made = URL.createObjectURL(bytes);
      setUrl(made);
    });
    return () => {
      wanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [uploads, id]);
  return url;
}
