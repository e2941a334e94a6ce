/** The parts of the settings, in the order of their list. */
export const SETTINGS_SECTIONS = [
  'profile',
  'devices',
  'notifications',
  'privacy',
  'appearance',
  'language',
  'storage',
  'keyboard',
  'about',
] as const;

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** What is on the screen. Each has an address, so that it survives a reload and can be gone back to. */
export type Route =
  | { readonly page: 'list' }
  /** A conversation; with `index` at a message of it, with `info` and what is about it beside it. */
  | { readonly page: 'chat'; readonly conversationId: string; readonly index?: number; readonly info?: true }
  /** A picture or a video of a message, large; the chat stays behind it. */
  | { readonly page: 'media'; readonly conversationId: string; readonly index: number; readonly file: string }
  | { readonly page: 'settings'; readonly section?: SettingsSection }
  | { readonly page: 'contacts' }
  /** Somebody's profile. */
  | { readonly page: 'person'; readonly userId: string }
  /** Starting a chat. */
  | { readonly page: 'new' }
  /** Administration; its own feature knows the sections. */
  | { readonly page: 'admin'; readonly section?: string; readonly id?: string }
  /** Joining a group by the code of a link; without one it is asked for. */
  | { readonly page: 'join'; readonly code?: string };

const CONVERSATION = /^[a-z]_[0-9a-z_]+$/;
const USER = /^u_[0-9a-z]{13}$/;
const FILE = /^f_[0-9a-z]{26}$/;
const INDEX = /^[1-9]\d{0,14}$/;
const WORD = /^[A-Za-z0-9_-]+$/;

/** The route of an address; one that means nothing shows the list. */
export function routeOf(path: string, hash = ''): Route {
  const [page, first, second, beyond] = path.split('/').slice(1);
  if (beyond !== undefined) return { page: 'list' };
  switch (page) {
    case 'c':
      return mediaOf(first, second, hash) ?? chatOf(first, second);
    case 'settings': {
      const section = SETTINGS_SECTIONS.find(name => name === first);
      return section ? { page, section } : { page };
    }
    case 'contacts':
      return first && USER.test(first) ? { page: 'person', userId: first } : { page };
    case 'new':
      return { page };
    case 'admin':
      return { page, ...(word(first) && { section: first }), ...(word(second) && { id: second }) };
    case 'join': {
      const code = first || hash.slice(1);
      if (code === '') return { page };
      return word(code) ? { page, code } : { page: 'list' };
    }
    default:
      return { page: 'list' };
  }
}

/** The address of a route. A link's code is a secret: behind the `#` it never reaches the log of a server. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'list':
      return '/';
    case 'chat':
      return ['/c', route.conversationId, route.index ?? (route.info && 'info')].filter(Boolean).join('/');
    case 'media':
      return `/c/${route.conversationId}/${route.index}#${route.file}`;
    case 'settings':
      return ['/settings', route.section].filter(Boolean).join('/');
    case 'admin':
      return ['/admin', route.section, route.section && route.id].filter(Boolean).join('/');
    case 'join':
      return route.code ? `/join#${route.code}` : '/join';
    case 'person':
      return `/contacts/${route.userId}`;
    case 'contacts':
    case 'new':
      return `/${route.page}`;
  }
}

function chatOf(id: string | undefined, more: string | undefined): Route {
  if (!id || !CONVERSATION.test(id)) return { page: 'list' };
  const chat = { page: 'chat', conversationId: id } as const;
  if (more === 'info') return { ...chat, info: true };
  return more && INDEX.test(more) ? { ...chat, index: Number(more) } : chat;
}

/** Behind a `#`, so that to the server it is the message's address. */
function mediaOf(id: string | undefined, index: string | undefined, hash: string): Route | undefined {
  const file = hash.slice(1);
  if (!id || !index || !CONVERSATION.test(id) || !INDEX.test(index) || !FILE.test(file)) return undefined;
  return { page: 'media', conversationId: id, index: Number(index), file };
}

function word(text: string | undefined): text is string {
  return text !== undefined && WORD.test(text);
}
