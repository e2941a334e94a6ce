import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from '../controls/Button.tsx';
import styles from './Sheet.module.css';

interface SheetProps {
  title: string;
  closeLabel: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog. The browser's own: it keeps the focus inside, closes on Escape and makes the rest inert. */
export function Sheet({ title, closeLabel, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // While the dialog was not shown yet, nothing in it could take the focus.
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={heading}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={event => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.frame}>
        <header className={styles.header}>
          <h2 id={heading} className={styles.title}>
            {title}
          </h2>
          <IconButton label={closeLabel} onClick={onClose}>
            <X size={20} />
          </IconButton>
        </header>
        <div className={styles.body} data-scroller>
          {children}
        </div>
      </div>
    </dialog>
  );
}
