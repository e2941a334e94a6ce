import { mayName, Words as Drawn } from '../../../ui/index.ts';
import { useCalm } from '../media/useCalm.ts';

/** A text with the custom emoji that it names, moving unless the reader wants no motion. */
export function Words({ text }: { text: string }) {
  return mayName(text) ? <Moving text={text} /> : text;
}

function Moving({ text }: { text: string }) {
  return <Drawn text={text} still={useCalm()} />;
}
