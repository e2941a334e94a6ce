import type { OutgoingFile } from '@parlance/sdk';
import { Suspense, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { part } from '../../../../platform/index.ts';
import { DropZone } from './DropZone.tsx';

const FilesSheet = part(() => import('./FilesSheet.tsx').then(m => m.FilesSheet));

/** Files that were chosen, pasted or dropped, and are being looked at. */
export interface Begun {
  readonly files: readonly File[];
  readonly asFiles: boolean;
}

interface FilesDoorProps {
  /** Something within the chat. */
  within: RefObject<HTMLElement | null>;
  begun: Begun | undefined;
  caption: string;
  onBegun(begun: Begun | undefined): void;
  /** They are not sent after all: what was written about them. */
  onLeave(caption: string): void;
  onSend(files: OutgoingFile[], caption: string): void;
}

/** Where files come in: dropped on the chat, or chosen, and shown once more before they are sent. */
export function FilesDoor({ within, begun, caption, onBegun, onLeave, onSend }: FilesDoorProps) {
  return (
    <>
      <DropZone within={within} onFiles={files => onBegun({ files, asFiles: false })} />
      {begun &&
        createPortal(
          <Suspense>
            <FilesSheet
              begun={begun.files}
              asFiles={begun.asFiles}
              caption={caption}
              onClose={text => {
                onBegun(undefined);
                onLeave(text);
              }}
              onSend={onSend}
            />
          </Suspense>,
          // A form cannot stand within the composer's.
          document.body,
        )}
    </>
  );
}
