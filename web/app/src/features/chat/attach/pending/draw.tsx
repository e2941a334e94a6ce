import type { ReactNode } from 'react';
import type { MessageItem } from '../../timeline/state/items.ts';
import { PendingFiles } from './PendingFiles.tsx';
import { Rescue } from './Rescue.tsx';
import { Uploading } from './Uploading.tsx';

/** What a message on its way carries. */
export function drawFiles({ clientMessageId, files, body, state }: MessageItem): ReactNode {
  if (!files || !clientMessageId) return null;
  const captioned = body.kind === 'text' && body.text !== '';
  return (
    <PendingFiles
      message={clientMessageId}
      files={files}
      captioned={captioned}
      rejected={state === 'rejected'}
    />
  );
}

/** How far it is, below the message. */
export function drawProgress({ clientMessageId, files }: MessageItem): ReactNode {
  return files && clientMessageId && <Uploading message={clientMessageId} files={files} />;
}

/** What can be done about files that did not get through. */
export function drawRescue({ clientMessageId, files, refusal }: MessageItem): ReactNode {
  return files && clientMessageId && <Rescue message={clientMessageId} files={files} code={refusal} />;
}
