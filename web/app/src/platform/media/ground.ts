import type { wire } from '@parlance/sdk';
import type { CSSProperties } from 'react';

/** A picture of one's own begins so; anything else is the name of a drawn ground. */
const OWN = 'f_';

interface Ground {
  'data-background': string | undefined;
  style: CSSProperties | undefined;
}

/** Whether a background is a picture of one's own. */
export function isOwnPicture(background: string): boolean {
  return background.startsWith(OWN);
}

/** What is behind a chat, as the style sheet of grounds knows it. */
export function groundOf({ conversation_id: id, personal }: wire.ConversationSummary): Ground {
  const background = personal?.background;
  if (!background || !isOwnPicture(background)) return { 'data-background': background, style: undefined };
  const url = `url("/api/v1/conversations/${id}/background/${background}")`;
  return { 'data-background': 'photo', style: { '--photo': url } as CSSProperties };
}
