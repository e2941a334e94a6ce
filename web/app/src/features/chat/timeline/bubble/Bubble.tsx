import { isVisual } from '@parlance/sdk';
import { Ban, CircleCheck, Circle, Forward } from 'lucide-react';
import { useState, type CSSProperties, type MouseEvent } from 'react';
import { clockTime, t, useClient, useNameOf, useReadable } from '../../../../platform/index.ts';
import { Avatar, classes, hueOf, useLongPress, withoutNames } from '../../../../ui/index.ts';
import { usePendingPart } from '../../attach/pending/part.ts';
import { MessageBody } from '../../kinds/MessageBody.tsx';
import { useAttachments } from '../../media/part.ts';
import styles from './Bubble.module.css';
import { EditAgain } from '../menu/EditAgain.tsx';
import { HoverBar } from './HoverBar.tsx';
import type { MessageItem } from '../state/items.ts';
import { Likes } from './Likes.tsx';
import { isEmojiOnly } from './links.ts';
import { HEART, useMessageActions } from '../menu/messageActions.ts';
import { Meta, type Progress } from './Meta.tsx';
import { Quote, type Quoted } from './Quote.tsx';
import { ReadLane } from './ReadLane.tsx';
import { Rejected, Waiting } from '../menu/Unsettled.tsx';

interface BubbleProps {
  item: MessageItem;
  /** The message that it answers, if that is on screen's timeline. */
  quoted?: Quoted;
  progress?: Progress;
  readers?: string;
  /** Given while messages are being selected: whether this one is. */
  selected?: boolean;
  reachable?: boolean;
}

/** Whether there is no text: nothing but pictures, pictures and likes below, or rows of files. */
function bareOf({ attachments, files, body, entry }: MessageItem): 'true' | 'likes' | 'rows' | undefined {
  const carried = files ?? attachments;
  if (carried.length === 0 || body.kind !== 'text' || body.text !== '') return undefined;
  if (!carried.every(isVisual)) return 'rows';
  return entry?.details?.likes ? 'likes' : 'true';
}

/** One message. */
export function Bubble({
  item,
  quoted,
  progress = item.state,
  readers = '',
  selected,
  reachable,
}: BubbleProps) {
  const nameOf = useNameOf();
  // What is only for the pointer is not there without it: a screen of rows is half as heavy.
  const [near, setNear] = useState(false);
  const actions = useMessageActions();
  const { own, first, last, sender, entry, sticker } = item;
  const name = nameOf(sender);
  const showSender = Boolean(actions?.group) && !own;
  const style = { '--hue': hueOf(sender) } as CSSProperties;
  const { attachments } = item;
  const preview = item.gone ? undefined : entry?.details?.preview;
  const draw = useAttachments(attachments.length > 0 || sticker !== undefined || preview !== undefined);
  const carried = item.files ?? attachments;
  const visual = carried.some(isVisual);
  const text = item.body.kind === 'text' ? item.body.text : undefined;
  const bare = item.replyTo === undefined && carried.length === 0 && !sticker;
  const custom = useReadable(useClient().expressions.emoji.state);
  const emoji = text !== undefined && bare && isEmojiOnly(withoutNames(text, name => custom.has(name)));
  const pending = usePendingPart(item.files !== undefined);
  const place = entry &&
    actions && { conversationId: actions.conversationId, index: entry.index, sender: entry.sender };
  const selecting = selected !== undefined;
  const press = useLongPress((x, y) => entry && !selecting && actions?.menu({ entry, x, y }));

  function menu(event: MouseEvent) {
    // Selected text and links have the browser's own menu.
    const own = (event.target as Element).closest('a') || getSelection()?.toString();
    if (!entry || !actions || own) return;
    event.preventDefault();
    actions.menu({ entry, x: event.clientX, y: event.clientY });
  }

  function heart(event: MouseEvent) {
    if (!entry || item.gone || !actions || (event.target as Element).closest('a, button')) return;
    getSelection()?.removeAllRanges();
    actions.like(entry, HEART);
  }

  function choose(event: MouseEvent) {
    if (!selecting || !entry) return;
    event.preventDefault();
    event.stopPropagation();
    actions?.toggle(entry.index);
  }

  const mark = selected ? <CircleCheck size={22} /> : <Circle size={22} />;
  return (
    <div
      className={classes(styles.line, own && styles.own, first && styles.first, last && styles.last)}
      style={style}
      data-line
      data-own={own || undefined}
      data-index={item.index}
      data-state={item.state}
      data-progress={own ? progress : undefined}
      data-key={item.key}
      role="article"
      aria-label={`${name}, ${clockTime(item.timeMs)}`}
      aria-current={selected || undefined}
      tabIndex={reachable ? 0 : -1}
      onClickCapture={choose}
      onPointerEnter={event => setNear(event.pointerType === 'mouse')}
      onPointerLeave={() => setNear(false)}
      onContextMenu={menu}
    >
      {selecting && <span className={classes(styles.check, selected && styles.checked)}>{mark}</span>}
      {showSender && (
        <span className={styles.gutter}>{last && <Avatar id={sender} name={name} size={32} />}</span>
      )}
      <div className={styles.column}>
        <div
          className={classes(styles.bubble, (emoji || sticker) && styles.emoji, visual && styles.visual)}
          data-bare={sticker ? 'sticker' : emoji ? 'emoji' : bareOf(item)}
          data-bubble
          data-visual={visual || undefined}
          onDoubleClick={heart}
          {...press}
        >
          {showSender && first && (
            <span className={styles.sender} dir="auto">
              {name}
            </span>
          )}
          {!(showSender && first) && <span className="visually-hidden">{name}: </span>}
          {item.forwarded && (
            <span className={styles.forwarded}>
              <Forward size={14} aria-hidden="true" />
              {t('message.forwardedFrom', { name: nameOf(item.forwarded.sender) })}
            </span>
          )}
          {item.replyTo !== undefined && !item.gone && <Quote index={item.replyTo} known={quoted} />}
          {item.gone && (
            <span className={styles.gone}>
              <Ban size={14} aria-hidden="true" />
              {t(item.gone === 'expired' ? 'chat.expired' : 'chat.recalled')}
            </span>
          )}
          {sticker && draw?.drawSticker({ sticker, place, onOpen: () => actions?.stickers(sticker) })}
          {place &&
            draw?.drawAttachments({
              place,
              attachments,
              captioned: text !== '',
            })}
          {pending?.drawFiles(item)}
          {!sticker && !(carried.length > 0 && text === '') && (
            <span className={styles.text} dir="auto">
              <MessageBody body={item.body} spans={item.spans} entry={item.entry} />
            </span>
          )}
          {place && draw?.drawCard(place, preview)}
          <Meta item={item} progress={progress} />
          {entry?.details?.likes && <Likes entry={entry} likes={entry.details.likes} />}
          {entry && actions && near && !selecting && <HoverBar entry={entry} actions={actions} />}
          {entry && readers && <ReadLane entry={entry} readers={readers.split(',')} />}
        </div>
        {item.gone === 'recalled' && own && entry && <EditAgain index={entry.index} />}
        {item.state === 'rejected' && <Rejected item={item} />}
        {item.state === 'sending' && <Waiting item={item} />}
      </div>
    </div>
  );
}
