import { File, Images, Link, Mic, SearchX } from 'lucide-react';
import { useDeferredValue, useId, useState, type ReactNode } from 'react';
import { t, type TextKey } from '../../../platform/index.ts';
import { EmptyState, Field, Tabs } from '../../../ui/index.ts';
import panel from '../InfoPanel.module.css';
import { usePanel } from '../panel.ts';
import { FileRows } from './FileRows.tsx';
import styles from './Files.module.css';
import { LinkRows } from './LinkRows.tsx';
import { MediaGrid } from './MediaGrid.tsx';
import { More } from './More.tsx';
import { useShelf } from './useShelf.ts';
import { VoiceRows } from './VoiceRows.tsx';

const KINDS = { media: 'picture video', voice: 'voice', files: 'file', links: 'link' } as const;
type Kind = keyof typeof KINDS;

const LISTS = { media: MediaGrid, voice: VoiceRows, files: FileRows, links: LinkRows };
const EMPTY: Record<Kind, { icon: ReactNode; title: TextKey }> = {
  media: { icon: <Images size={32} />, title: 'shared.noMedia' },
  voice: { icon: <Mic size={32} />, title: 'shared.noVoice' },
  files: { icon: <File size={32} />, title: 'shared.noFiles' },
  links: { icon: <Link size={32} />, title: 'shared.noLinks' },
};

/** What the conversation holds beside texts, newest first, found by name. */
export function FilesPage() {
  const { kept } = usePanel();
  const id = useId();
  const [kind, setKind] = useState<Kind>(() => (kept.get('files') as Kind | undefined) ?? 'media');
  const [query, setQuery] = useState('');
  const name = useDeferredValue(query.trim());

  function choose(next: Kind) {
    setKind(next);
    setQuery('');
    kept.set('files', next);
  }

  return (
    <div className={panel.body} data-scrolls data-files>
      <div className={styles.top}>
        <Tabs
          label={t('shared.kinds')}
          tabs={(Object.keys(KINDS) as Kind[]).map(value => ({ value, label: t(`shared.${value}`) }))}
          value={kind}
          panel={id}
          onChange={choose}
        />
        {/* Nobody gives a voice message a name. */}
        {kind !== 'voice' && (
          <Field
            label={t(kind === 'links' ? 'shared.searchLinks' : 'shared.search')}
            type="search"
            value={query}
            autoComplete="off"
            spellCheck={false}
            onChange={event => setQuery(event.target.value)}
          />
        )}
      </div>
      <div id={id} role="tabpanel" aria-label={t(`shared.${kind}`)}>
        <Shown key={kind} kind={kind} name={kind === 'voice' ? '' : name} />
      </div>
    </div>
  );
}

function Shown({ kind, name }: { kind: Kind; name: string }) {
  const shelf = useShelf(KINDS[kind], name);
  const List = LISTS[kind];
  const { icon, title } = EMPTY[kind];
  if (shelf.done && shelf.messages.length === 0)
    return name ? (
      <EmptyState icon={<SearchX size={32} />} title={t('shared.notFound')} text={t('shared.notFoundText')} />
    ) : (
      <EmptyState icon={icon} title={t(title)} text={t('shared.noneText')} />
    );
  return (
    <>
      <List messages={shelf.messages} />
      <More shelf={shelf} />
    </>
  );
}
