import { Camera, Trash2 } from 'lucide-react';
import { Suspense, lazy, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import type { CropTexts } from './CropSheet.tsx';
import styles from './PhotoField.module.css';

const CropSheet = lazy(() => import('./CropSheet.tsx').then(m => ({ default: m.CropSheet })));

export interface PhotoTexts extends CropTexts {
  readonly choose: string;
  readonly remove: string;
}

interface PhotoFieldProps {
  /** Whether there is a photo that can be taken away. */
  removable: boolean;
  texts: PhotoTexts;
  busy: boolean;
  error: string | undefined;
  /** Saves it; answers whether that succeeded. */
  onPhoto(photo: Blob): Promise<boolean>;
  onRemove(): void;
}

/** A photo of somebody: another is chosen and cut, or it is taken away. */
export function PhotoField(props: PhotoFieldProps) {
  const { removable, texts, busy, error, onPhoto, onRemove } = props;
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  return (
    <div className={styles.field}>
      <div className={styles.buttons}>
        <Button disabled={busy} onClick={() => input.current?.click()}>
          <Camera size={18} /> {texts.choose}
        </Button>
        {removable && (
          <Button disabled={busy} onClick={onRemove}>
            <Trash2 size={18} /> {texts.remove}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        data-photo
        onChange={event => {
          setFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {error && !file && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {file && (
        <Suspense>
          <CropSheet
            file={file}
            texts={texts}
            busy={busy}
            error={error}
            onClose={() => setFile(undefined)}
            onPhoto={photo => void onPhoto(photo).then(saved => saved && setFile(undefined))}
          />
        </Suspense>
      )}
    </div>
  );
}
