const BROWSERS = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'];
const NAMES: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
];

/** What the device list will show for this browser, like “Firefox on Linux”. */
export function deviceName(agent: string = navigator.userAgent): string {
  const browser = BROWSERS.find(name => agent.includes(`${name}/`));
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  return [(browser && NAMES[browser]) ?? browser ?? 'Browser', system].filter(Boolean).join(' on ');
}
