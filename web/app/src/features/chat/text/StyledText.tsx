import type { wire } from '@parlance/sdk';
import { useMemo, type ReactNode } from 'react';
import { useMe } from '../../../platform/index.ts';
import { classes } from '../../../ui/index.ts';
import { useChatActions } from '../actions.ts';
import { Words } from '../emoji/Words.tsx';
import { pieces } from '../timeline/bubble/links.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { charactersOf, nest, placeOf, safeHref, type Part } from './nest.ts';
import { Spoiler } from './Spoiler.tsx';
import styles from './StyledText.module.css';

interface StyledTextProps {
  text: string;
  spans?: readonly wire.TextSpan[] | undefined;
}

/** A text as its sender styled it. Only ever React nodes: what somebody wrote is never markup. */
export function StyledText({ text, spans }: StyledTextProps) {
  const parts = useMemo(() => nest(text, spans), [text, spans]);
  return <Parts parts={parts} />;
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, place) =>
    typeof part === 'string' ? (
      <Addresses key={place} text={part} />
    ) : (
      <Dressed key={place} style={part.style} parts={part.parts} />
    ),
  );
}

/** Characters; addresses that nobody has marked yet, as in a message on its way, are links all the same. */
function Addresses({ text }: { text: string }) {
  return pieces(text).map((piece, place) =>
    piece.href ? (
      <Anchor key={place} href={piece.href}>
        {piece.text}
      </Anchor>
    ) : (
      <Words key={place} text={piece.text} />
    ),
  );
}

function Dressed({ style, parts }: { style: wire.Style; parts: readonly Part[] }) {
  switch (style.kind) {
    case 'bold':
      return (
        <strong>
          <Parts parts={parts} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Parts parts={parts} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Parts parts={parts} />
        </s>
      );
    case 'code':
      return (
        <code className={styles.code} dir="ltr">
          {charactersOf(parts)}
        </code>
      );
    case 'code_block':
      return <CodeBlock code={charactersOf(parts)} language={style.language} />;
    case 'quote':
      return (
        <blockquote className={styles.quote} dir="auto">
          <Parts parts={parts} />
        </blockquote>
      );
    case 'spoiler':
      return (
        <Spoiler>
          <Parts parts={parts} />
        </Spoiler>
      );
    default:
      return <Leading style={style} label={charactersOf(parts)} />;
  }
}

/** What leads somewhere: a link, or a person. A style that this version does not know is plain text. */
function Leading({ style, label }: { style: wire.Style; label: string }) {
  switch (style.kind) {
    case 'link':
      return <Link url={style.url} label={label} suspicious={style.suspicious ?? false} />;
    case 'mention':
      return <Mention user={style.user_id} label={label} />;
    case 'mention_all':
      return <span className={classes(styles.mention, styles.me)}>{label}</span>;
    default:
      return label;
  }
}

interface LinkProps {
  url: string;
  label: string;
  suspicious: boolean;
}

/** A link whose text is not its address tells where it leads. */
function Link({ url, label, suspicious }: LinkProps) {
  const href = safeHref(url);
  if (!href) return label;
  const place = placeOf(href);
  const clear = label === url || label === place || url === `mailto:${label}`;
  return (
    <>
      <Anchor href={href}>{label}</Anchor>
      {!clear && (
        <span className={classes(styles.host, suspicious && styles.suspicious)} dir="ltr">
          {place}
        </span>
      )}
    </>
  );
}

function Anchor({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      className={styles.link}
      href={href}
      title={href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      {children}
    </a>
  );
}

function Mention({ user, label }: { user: string; label: string }) {
  const { openPerson } = useChatActions();
  const me = useMe().user_id;
  return (
    <button
      type="button"
      className={classes(styles.mention, user === me && styles.me)}
      dir="auto"
      onClick={() => openPerson(user)}
    >
      {label}
    </button>
  );
}
