import { X } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { t } from '../../../platform/index.ts';
import { Button, IconButton, Sheet } from '../../../ui/index.ts';
import parts from '../parts/parts.module.css';
import styles from './Expressions.module.css';
import { useAdding, type Adding } from './useAdding.ts';

interface AddSheetProps {
  title: string;
  files: readonly File[];
  /** What a picture is given unless somebody says otherwise. */
  valueOf(file: File): string;
  /** What is wrong with what it is given; undefined if nothing is. */
  faultOf(value: string, all: readonly string[]): string | undefined;
  /** Where that is said. */
  renderField(row: Adding, value: string, onChange: (value: string) => void): ReactNode;
  save(fileId: string, value: string): Promise<unknown>;
  /** Something was added. */
  onAdded(): void;
  onClose(): void;
}

/** Looks over pictures, says of each what it stands for, and adds them all. */
export function AddSheet(props: AddSheetProps) {
  const { title, files, valueOf, faultOf, renderField, save, onAdded, onClose } = props;
  const { rows, busy, change, drop, addAll } = useAdding(files, save);
  const given = (row: Adding) => row.value ?? valueOf(row.file);
  const all = rows.map(given);
  const sound = rows.length > 0 && all.every(value => faultOf(value, all) === undefined);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!sound || busy) return;
    const done = await addAll(given);
    onAdded();
    if (done) onClose();
  }

  return (
    <Sheet title={title} closeLabel={t('app.close')} onClose={onClose}>
      <form className={parts.stack} aria-label={title} onSubmit={event => void submit(event)}>
        <ul className={styles.adding} inert={busy}>
          {rows.map((row, place) => {
            const value = given(row);
            const fault = row.error ?? faultOf(value, all);
            return (
              <li key={row.key} className={styles.add} data-adding={row.file.name}>
                <img className={styles.preview} src={row.url} alt="" />
                <div className={styles.grow}>
                  <span className={styles.file} dir="auto">
                    {row.file.name}
                  </span>
                  {renderField(row, value, value => change(row.key, { value }))}
                  {fault && (
                    <p className={parts.error} role="alert">
                      {fault}
                    </p>
                  )}
                </div>
                <IconButton label={t('expressions.leaveOut', { n: place + 1 })} onClick={() => drop(row.key)}>
                  <X size={18} />
                </IconButton>
              </li>
            );
          })}
        </ul>
        {rows.length === 0 && <p className={parts.note}>{t('expressions.nothingLeft')}</p>}
        <div className={parts.buttons}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={!sound}>
            {t('expressions.addThese', { n: rows.length })}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
