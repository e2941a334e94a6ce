import type { Written } from '@parlance/sdk';
import { useCallback, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { change } from '../writing/edit.ts';
import { triggerAt, type Trigger } from './completion.ts';

/** Something that completes what is being typed. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Whose picture stands before it. */
  readonly person?: string;
  readonly emoji?: string;
  /** What takes the place of what was typed, and whom it means. */
  readonly insert: string;
  readonly user?: string;
}

interface SuggestionsInput {
  conversationId: string;
  group: boolean;
  mentionAll: boolean;
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  written: Written;
  mention(label: string, user: string): void;
}

/** Completion of “@name” and “:emoji”: the list is loaded and fills itself; the keys stay with the field. */
export function useSuggestions(input: SuggestionsInput) {
  const { conversationId, group, mentionAll, area, mention, written } = input;
  const id = useId();
  const [trigger, setTrigger] = useState<Trigger>();
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  const [place, setPlace] = useState(0);
  /** Where somebody has said that they want no completion. */
  const [refused, setRefused] = useState<number>();
  const open = trigger !== undefined && trigger.from !== refused;
  const current = found[place];

  const moved = useCallback(() => {
    const field = area.current;
    const caret = field && field.selectionStart === field.selectionEnd ? field.selectionStart : undefined;
    const next = caret === undefined ? undefined : triggerAt(field!.value, caret);
    setTrigger(now => {
      if (now?.from === next?.from && now?.query === next?.query && now?.kind === next?.kind) return now;
      setPlace(0);
      return next;
    });
    if (!next) setRefused(undefined);
  }, [area]);

  const close = useCallback(() => setTrigger(undefined), []);

  function pick(suggestion: Suggestion) {
    const field = area.current;
    if (!field || !trigger) return;
    const known = suggestion.user && written.mentions.get(suggestion.insert);
    // Two people of one name: the second one goes by the user name.
    const label = known && known !== suggestion.user ? `@${suggestion.hint}` : suggestion.insert;
    if (suggestion.user) mention(label, suggestion.user);
    const end = trigger.from + label.length + 1;
    change(field, { from: trigger.from, to: field.selectionStart, insert: `${label} `, select: [end, end] });
    setTrigger(undefined);
  }

  /** Takes a key that is meant for the list; tells whether it did. */
  function pressed(event: KeyboardEvent): boolean {
    if (!open || found.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picks = (event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab';
    if (step) setPlace((place + step + found.length) % found.length);
    else if (event.key === 'Escape') setRefused(trigger.from);
    else if (picks && current) pick(current);
    else return false;
    event.preventDefault();
    return true;
  }

  const field = {
    'aria-autocomplete': 'list' as const,
    'aria-haspopup': 'listbox' as const,
    'aria-controls': open ? id : undefined,
    'aria-activedescendant': open && current ? `${id}-${place}` : undefined,
  };
  const list = {
    id,
    conversationId,
    group,
    mentionAll,
    trigger,
    found,
    place,
    onFound: setFound,
    onPick: pick,
  };
  return { open, field, list, pressed, moved, close };
}
