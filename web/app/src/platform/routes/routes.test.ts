import { expect, test } from 'vitest';
import { hrefOf, routeOf, type Route } from './routes.ts';

function parse(href: string): Route {
  const { pathname, hash } = new URL(href, 'http://here');
  return routeOf(pathname, hash);
}

test('every route has an address that leads back to it', () => {
  const routes: Route[] = [
    { page: 'list' },
    { page: 'chat', conversationId: 'g_0000000000001' },
    { page: 'chat', conversationId: 'd_0000000000001_0000000000002', index: 42 },
    { page: 'chat', conversationId: 'g_0000000000001', info: true },
    { page: 'media', conversationId: 'g_0000000000001', index: 42, file: `f_${'0'.repeat(26)}` },
    { page: 'settings' },
    { page: 'settings', section: 'privacy' },
    { page: 'contacts' },
    { page: 'new' },
    { page: 'admin' },
    { page: 'admin', section: 'users' },
    { page: 'admin', section: 'users', id: 'u_0000000000001' },
    { page: 'join', code: 'Ab_-9' },
  ];
  for (const route of routes) expect(parse(hrefOf(route))).toEqual(route);
});

test('the code of a link may stand in the path too, but is written behind the hash', () => {
  expect(parse('/join/Ab_-9')).toEqual({ page: 'join', code: 'Ab_-9' });
  expect(hrefOf({ page: 'join', code: 'Ab_-9' })).toBe('/join#Ab_-9');
  expect(parse('/join')).toEqual({ page: 'join' });
  expect(hrefOf({ page: 'join' })).toBe('/join');
});

test('an address that means nothing shows the list, or as much as it means', () => {
  for (const href of ['/nothing', '/c/', '/c/Upper', '/c/g_1/2/3', '/join/a%20b'])
    expect(parse(href)).toEqual({ page: 'list' });
  expect(parse('/settings/nothing')).toEqual({ page: 'settings' });
  expect(parse('/c/g_1/0')).toEqual({ page: 'chat', conversationId: 'g_1' });
});
