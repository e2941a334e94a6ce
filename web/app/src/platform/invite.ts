const FRAGMENT = /^#invite=([A-Za-z0-9_-]+)$/;

/**
 * The code of the invite whose link opened this page. It leaves the address at once, so that it is neither kept in the
 * history nor copied along with the address.
 */
export function takeInvite(): string | undefined {
  const code = FRAGMENT.exec(location.hash)?.[1];
  if (code) history.replaceState(null, '', location.pathname + location.search);
  return code;
}
