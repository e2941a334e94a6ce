import { prefetch } from '../../../platform/index.ts';
import { loadPending } from '../attach/pending/part.ts';
import { loadAttachments } from '../media/part.ts';

let begun = false;

/** Fetches what the chat opens later. */
export function prefetchParts(): void {
  if (begun) return;
  begun = true;
  prefetch(() => [
    loadAttachments(),
    import('./completion/Suggestions.tsx'),
    import('./standing/Hint.tsx'),
    import('./standing/RequestBar.tsx'),
    import('./voice/RecorderBar.tsx'),
    import('./Tray.tsx'),
    import('../stickers/StickerPicker.tsx'),
    import('../attach/files/FilesSheet.tsx'),
    loadPending(),
    import('../attach/PollSheet.tsx'),
    import('../attach/LocationSheet.tsx'),
    import('../attach/ContactSheet.tsx'),
    import('../schedule/ScheduleSheet.tsx'),
    import('../schedule/ScheduledSheet.tsx'),
    import('../kinds/Poll.tsx'),
    import('../kinds/Location.tsx'),
    import('../kinds/Contact.tsx'),
    import('../kinds/Cards.tsx'),
    import('../timeline/menu/MessageMenu.tsx'),
  ]);
}
