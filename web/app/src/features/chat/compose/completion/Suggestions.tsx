import { AtSign } from 'lucide-react';
import { useEffect, useLayoutEffect } from 'react';
import { t } from '../../../../platform/index.ts';
import { Avatar, classes } from '../../../../ui/index.ts';
import { Words } from '../../emoji/Words.tsx';
import type { Trigger } from './completion.ts';
import styles from './Suggestions.module.css';
import { useEmojiNames } from './useEmojiNames.ts';
import { useMentionable } from './useMentionable.ts';
import type { Suggestion } from './useSuggestions.ts';

interface SuggestionsProps {
  id: string;
  conversationId: string;
  group: boolean;
  mentionAll: boolean;
  trigger: Trigger | undefined;
  found: readonly Suggestion[];
  /** Which one the keys are at. */
  place: number;
  onFound(found: readonly Suggestion[]): void;
  onPick(suggestion: Suggestion): void;
}

/** What completes what is being typed, above the field. */
export function Suggestions(props: SuggestionsProps) {
  const { id, conversationId, group, mentionAll, trigger, found, place, onFound, onPick } = props;
  const query = trigger?.query ?? '';
  const people = useMentionable({ conversationId, group, mentionAll, query: ofKind(trigger, 'person') });
  const emoji = useEmojiNames(ofKind(trigger, 'emoji'));
  const suggestions = trigger?.kind === 'person' ? people : emoji;

  // Before the next key arrives: it must pick from what fits what was typed by then.
  useLayoutEffect(() => onFound(suggestions), [onFound, suggestions]);
  useLayoutEffect(() => () => onFound([]), [onFound]);
  useEffect(() => {
    // The newest browsers answer with a promise, which would pass for a way to clean up.
    void document.getElementById(`${id}-${place}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, place]);

  return (
    <>
      <span className="visually-hidden" role="status">
        {query !== '' && t('compose.found', { n: found.length })}
      </span>
      {found.length > 0 && (
        <div id={id} className={styles.list} role="listbox" aria-label={t('compose.suggestions')}>
          {found.map((suggestion, at) => (
            <button
              type="button"
              tabIndex={-1}
              key={suggestion.key}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === place}
              className={classes(styles.item, at === place && styles.current)}
              onPointerDown={event => event.preventDefault()}
              onClick={() => onPick(suggestion)}
            >
              <Picture suggestion={suggestion} />
              <span className={styles.label} dir="auto">
                {suggestion.label}
              </span>
              {suggestion.hint && <span className={styles.hint}>{hintOf(suggestion)}</span>}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function ofKind(trigger: Trigger | undefined, kind: Trigger['kind']): string | undefined {
  return trigger?.kind === kind ? trigger.query : undefined;
}

function hintOf({ hint, user }: Suggestion): string | undefined {
  return user ? `@${hint}` : hint;
}

function Picture({ suggestion: { person, emoji, label } }: { suggestion: Suggestion }) {
  if (person) return <Avatar id={person} name={label} size={28} />;
  return (
    <span className={styles.picture} aria-hidden="true">
      {emoji ? <Words text={emoji} /> : <AtSign size={17} />}
    </span>
  );
}
