import type { wire } from '@parlance/sdk';
import { t } from './index.ts';

/** What a message says, as plain text; undefined for an entry that people do not read as a message, or one that is gone. */
export function messageText(
  body: wire.Body,
  nameOf: (id: string) => string,
  spans?: readonly wire.TextSpan[],
): string | undefined {
  switch (body.kind) {
    case 'text':
      return withoutSpoilers(body.text, spans);
    case 'location':
      return `📍 ${body.label || `${body.latitude_e7 / 1e7}, ${body.longitude_e7 / 1e7}`}`;
    case 'contact':
      return t('chat.contact', { name: nameOf(body.user_id) });
    case 'poll':
      return `📊 ${body.question}`;
    case 'cards':
      return body.cards.map(card => [card.title, card.text].filter(Boolean).join('\n')).join('\n\n');
    default:
      return undefined;
  }
}

/** What one may not wish to know is covered in a preview too. */
function withoutSpoilers(text: string, spans: readonly wire.TextSpan[] = []): string {
  const hidden = spans.filter(({ style }) => style.kind === 'spoiler');
  if (hidden.length === 0) return text;
  const covered = (place: number) => hidden.some(({ from, to }) => from <= place && place < to);
  return [...text].map((one, place) => (covered(place) ? '▒' : one)).join('');
}
