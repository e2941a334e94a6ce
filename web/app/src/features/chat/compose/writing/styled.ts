import { markdown, type Outgoing, type Written } from '@parlance/sdk';

/** What is sent for what was typed: Markdown becomes styles; what comes to nothing is sent as it stands. */
export function styledOf({ text, mentions }: Written, mentionAll: boolean): Outgoing & { text: string } {
  const typed = text.trim();
  const { text: says, spans } = markdown(typed, { mentions, mentionAll });
  if (says.trim() === '') return { text: typed };
  return spans.length > 0 ? { text: says, spans } : { text: says };
}
