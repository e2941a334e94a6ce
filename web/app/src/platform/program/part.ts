import { lazy, type LazyExoticComponent } from 'react';
import { loadTexts, type Part } from '../i18n/index.ts';

type Component = Awaited<ReturnType<Parameters<typeof lazy>[0]>>['default'];

/** A component that is not on the first screen: it is loaded when it is first shown, and its texts with it. */
export function part<C extends Component>(
  load: () => Promise<C>,
  texts: Part = 'later',
): LazyExoticComponent<C> {
  return lazy(async () => {
    const [component] = await Promise.all([load(), loadTexts('later'), loadTexts(texts)]);
    return { default: component };
  });
}
