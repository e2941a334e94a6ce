import { shortcutGroups, t } from '../../platform/index.ts';
import { Sheet, Shortcuts } from '../../ui/index.ts';

/** The sheet that `?` opens. */
export function ShortcutsSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={t('commands.title')} closeLabel={t('app.close')} onClose={onClose}>
      {/* The focus can be in it, so that keys scroll it. */}
      <div role="group" aria-label={t('commands.title')} tabIndex={0}>
        <Shortcuts groups={shortcutGroups()} />
      </div>
    </Sheet>
  );
}
