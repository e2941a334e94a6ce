import type { wire } from '@parlance/sdk';
import { playTime } from '../media/figures.ts';
import { t } from './index.ts';
import { messageText } from './messageText.ts';

/** What there is to read of a message. */
export type Said = Pick<wire.Entry, 'body' | 'details'>;

/** A message in one line, as the list, a quote or a notice shows it: what it says, or what it carries. */
export function previewText({ body, details }: Said, nameOf: (id: string) => string): string | undefined {
  const text = messageText(body, nameOf, details?.spans);
  const attachments = details?.attachments ?? [];
  if (body.kind === 'gone' || attachments.length === 0) return text;
  const { sign, label } = labelOf(attachments);
  return `${sign} ${text || label}`;
}

/** What a message carries, in words. */
export function attachmentsText(attachments: readonly wire.Attachment[]): string {
  return attachments.length > 0 ? labelOf(attachments).label : '';
}

function labelOf(attachments: readonly wire.Attachment[]): { sign: string; label: string } {
  const [first] = attachments;
  const n = attachments.length;
  const all = (...kinds: wire.AttachmentKind[]) => attachments.every(({ kind }) => kinds.includes(kind));
  if (first?.sticker) return { sign: first.sticker.emoji, label: t('media.sticker') };
  if (all('picture')) {
    const single = t(first?.animated ? 'media.gif' : 'media.photo');
    return { sign: '📷', label: n === 1 ? single : t('media.photos', { n }) };
  }
  if (all('video')) return { sign: '🎬', label: n === 1 ? t('media.video') : t('media.videos', { n }) };
  if (all('picture', 'video')) return { sign: '📷', label: t('media.album', { n }) };
  if (n === 1 && first?.kind === 'voice')
    return { sign: '🎤', label: t('media.voice', { time: playTime(first.duration_ms ?? 0) }) };
  return { sign: '📎', label: n === 1 ? (first?.name ?? t('media.file')) : t('media.files', { n }) };
}
