import { useEffect, useState } from 'react';
import Cropper from 'react-easy-crop';
import 'react-easy-crop/react-easy-crop.css';
import { Button } from '../controls/Button.tsx';
import { Sheet } from '../layers/Sheet.tsx';
import styles from './CropSheet.module.css';
import { cut, type Area } from './cut.ts';

/** As large as a photo of a person or group ever shows. */
const SIDE_MAX = 1_024;
const ZOOM_MAX = 4;

export interface CropTexts {
  readonly title: string;
  readonly zoom: string;
  readonly save: string;
  readonly close: string;
  readonly failed: string;
}

interface CropSheetProps {
  file: Blob;
  texts: CropTexts;
  busy: boolean;
  /** Why it could not be saved. */
  error: string | undefined;
  onClose(): void;
  onPhoto(photo: Blob): void;
}

/** Chooses the round part of a picture that stands for somebody. */
export function CropSheet({ file, texts, busy, error, onClose, onPhoto }: CropSheetProps) {
  const [url, setUrl] = useState<string>();
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [area, setArea] = useState<Area>();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);

  async function save() {
    if (!url || !area) return;
    try {
      onPhoto(await cut(url, area, SIDE_MAX));
    } catch {
      setFailed(true);
    }
  }

  const problem = failed ? texts.failed : error;
  return (
    <Sheet title={texts.title} closeLabel={texts.close} onClose={onClose}>
      <div className={styles.sheet}>
        <div className={styles.stage}>
          {url && !failed && (
            <Cropper
              image={url}
              crop={crop}
              zoom={zoom}
              maxZoom={ZOOM_MAX}
              aspect={1}
              cropShape="round"
              showGrid={false}
              // A style element of its own is what the page's policy forbids.
              disableAutomaticStylesInjection
              onCropChange={setCrop}
              onZoomChange={setZoom}
              onCropComplete={(_, pixels) => setArea(pixels)}
              mediaProps={{ onError: () => setFailed(true) }}
            />
          )}
        </div>
        <input
          type="range"
          className={styles.zoom}
          min={1}
          max={ZOOM_MAX}
          step={0.01}
          value={zoom}
          aria-label={texts.zoom}
          onChange={event => setZoom(Number(event.target.value))}
        />
        {problem && (
          <p className={styles.error} role="alert">
            {problem}
          </p>
        )}
        <Button look="primary" wide busy={busy} disabled={!area || failed} onClick={() => void save()}>
          {texts.save}
        </Button>
      </div>
    </Sheet>
  );
}
