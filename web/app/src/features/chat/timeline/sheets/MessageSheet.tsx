import type { SheetOf } from '../menu/MessageMenu.tsx';
import { EmojiSheet } from './EmojiSheet.tsx';
import { ForwardSheet } from './ForwardSheet.tsx';
import { InfoSheet } from './InfoSheet.tsx';
import { LikersSheet } from './LikersSheet.tsx';
import { StickersSheet } from '../../stickers/StickersSheet.tsx';
import { ReportSheet } from './ReportSheet.tsx';

interface MessageSheetProps {
  conversationId: string;
  sheet: SheetOf;
  /** It worked; what to tell about it. */
  onDone(text: string): void;
  onClose(): void;
}

/** What opens over the chat about one or several messages. */
export function MessageSheet({ sheet, ...rest }: MessageSheetProps) {
  switch (sheet.kind) {
    case 'forward':
      return <ForwardSheet indexes={sheet.indexes} {...rest} />;
    case 'info':
      return <InfoSheet entry={sheet.entry} {...rest} />;
    case 'likes':
      return <LikersSheet entry={sheet.entry} {...rest} />;
    case 'emoji':
      return <EmojiSheet entry={sheet.entry} {...rest} />;
    case 'stickers':
      return <StickersSheet sticker={sheet.sticker} {...rest} />;
    case 'report':
      return <ReportSheet entry={sheet.entry} {...rest} />;
  }
}
