import { Suspense } from 'react';
import { closeSheet, goBack, navigate, openChat, useRoute, part } from '../platform/index.ts';

// What is not on the first screen is loaded when it is asked for.
const Gallery = part(() => import('../features/gallery/index.ts').then(m => m.Gallery));
const JoinSheet = part(() => import('../features/join/index.ts').then(m => m.JoinSheet));
const ContactsSheet = part(() => import('../features/people/index.ts').then(m => m.ContactsSheet));
const PersonSheet = part(() => import('../features/people/index.ts').then(m => m.PersonSheet));
const StartSheet = part(() => import('../features/start/index.ts').then(m => m.StartSheet));

/** What lies over the list and the chat at addresses of its own. */
export function Sheets() {
  return <Suspense>{useSheet()}</Suspense>;
}

function useSheet() {
  const route = useRoute();
  const close = () => goBack();
  switch (route.page) {
    case 'contacts':
      return <ContactsSheet onPerson={userId => navigate({ page: 'person', userId })} onClose={close} />;
    case 'person':
      return <PersonSheet key={route.userId} userId={route.userId} onChat={openChat} onClose={closeSheet} />;
    case 'media': {
      const { conversationId, index, file } = route;
      const jump = (to: number) => openChat(conversationId, to);
      return <Gallery key={`${conversationId}/${index}/${file}`} {...route} onJump={jump} onClose={close} />;
    }
    case 'new':
      return <StartSheet onClose={close} />;
    case 'join':
      return <JoinSheet code={route.code} onClose={close} />;
    default:
      return null;
  }
}
