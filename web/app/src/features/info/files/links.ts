import type { wire } from '@parlance/sdk';

/** A link of a message. */
export interface FoundLink {
  readonly href: string;
  /** Whose it is, as people say it. */
  readonly host: string;
  /** What follows that in its address. */
  readonly rest: string;
}

/** The links of a message that lead to the web, each once. They show their address, whatever their text says. */
export function linksOf({ details }: wire.Entry): FoundLink[] {
  const found = new Map<string, FoundLink>();
  for (const { style } of details?.spans ?? []) {
    if (style.kind !== 'link') continue;
    const url = URL.canParse(style.url) ? new URL(style.url) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    const rest = `${url.pathname}${url.search}${url.hash}`;
    found.set(url.href, {
      href: url.href,
      host: url.host.replace(/^www\./, ''),
      rest: rest === '/' ? '' : rest,
    });
  }
  return [...found.values()];
}
