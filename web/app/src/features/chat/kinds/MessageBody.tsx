import type { wire } from '@parlance/sdk';
import { Suspense } from 'react';
import { StyledText } from '../text/StyledText.tsx';
import { part } from '../../../platform/index.ts';

// A text is on the first screen; the others come with the first message that needs them.
const Location = part(() => import('./Location.tsx').then(m => m.Location));
const Contact = part(() => import('./Contact.tsx').then(m => m.Contact));
const Poll = part(() => import('./Poll.tsx').then(m => m.Poll));
const Cards = part(() => import('./Cards.tsx').then(m => m.Cards));

interface MessageBodyProps {
  body: wire.Body;
  spans?: readonly wire.TextSpan[] | undefined;
  /** The message as the log has it; undefined while it is on its way. */
  entry?: wire.Entry | undefined;
}

/** What a message says, by its kind. A kind that this version does not know shows as nothing. */
export function MessageBody({ body, spans, entry }: MessageBodyProps) {
  if (body.kind === 'text') return <StyledText text={body.text} spans={spans} />;
  return <Suspense>{special(body, entry)}</Suspense>;
}

function special(body: wire.Body, entry: wire.Entry | undefined) {
  switch (body.kind) {
    case 'location':
      return <Location place={body} />;
    case 'contact':
      return <Contact user={body.user_id} />;
    case 'poll':
      return <Poll poll={body} entry={entry} />;
    case 'cards':
      return <Cards cards={body.cards} replies={body.replies ?? []} />;
    default:
      return null;
  }
}
