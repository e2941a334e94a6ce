import { Upload } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../../../platform/index.ts';
import { bringsFiles, filesIn } from './drop.ts';
import styles from './DropZone.module.css';

interface DropZoneProps {
  /** Something within the part of the page that takes files. */
  within: RefObject<HTMLElement | null>;
  onFiles(files: File[]): void;
}

/** The whole chat takes files that are dragged onto it. */
export function DropZone({ within, onFiles }: DropZoneProps) {
  const [zone, setZone] = useState<HTMLElement>();
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const element = within.current?.closest('section');
    if (!element) return;
    setZone(element);
    // Each part that is entered is told before the one that is left.
    let entered = 0;
    const enter = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      entered += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      entered = Math.max(0, entered - 1);
      if (entered === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      entered = 0;
      setOver(false);
      if (!event.dataTransfer || !bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      const files = filesIn(event.dataTransfer);
      if (files.length > 0) take(files);
    };
    // Without this the browser would leave the page for a file that misses the chat.
    const stay = (event: DragEvent) => {
      if (bringsFiles(event.dataTransfer)) event.preventDefault();
    };
    element.addEventListener('dragenter', enter);
    element.addEventListener('dragleave', leave);
    element.addEventListener('drop', drop);
    addEventListener('dragover', stay);
    addEventListener('drop', stay);
    return () => {
      element.removeEventListener('dragenter', enter);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('drop', drop);
      removeEventListener('dragover', stay);
      removeEventListener('drop', stay);
    };
  }, [within]);

  if (!zone || !over) return null;
  return createPortal(
    <div className={styles.zone}>
      <div className={styles.frame}>
        <Upload size={40} aria-hidden="true" />
        <span className={styles.title}>{t('attach.drop')}</span>
        <span>{t('attach.dropHint')}</span>
      </div>
    </div>,
    zone,
  );
}
