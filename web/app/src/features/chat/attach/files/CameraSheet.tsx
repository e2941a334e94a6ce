import { Camera } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../../platform/index.ts';
import { Button, Sheet } from '../../../../ui/index.ts';
import attach from '../Attach.module.css';
import styles from './CameraSheet.module.css';
import { still } from './read.ts';

const SIDE_MAX = 2_560;

type State = 'asking' | 'on' | 'denied' | 'unavailable';

interface CameraSheetProps {
  onClose(): void;
  onPhoto(photo: File): void;
}

/** Takes a photo with the camera of a computer. */
export function CameraSheet({ onClose, onPhoto }: CameraSheetProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>('asking');

  useEffect(() => {
    let stream: MediaStream | undefined;
    let wanted = true;
    // Browsers have it on secure addresses only.
    const asked = navigator.mediaDevices?.getUserMedia({ video: { width: { ideal: 1_920 } } });
    if (!asked) return setState('unavailable');
    asked.then(
      given => {
        stream = given;
        if (!wanted) return end(given);
        if (video.current) video.current.srcObject = given;
        setState('on');
      },
      (error: DOMException) =>
        wanted && setState(error.name === 'NotAllowedError' ? 'denied' : 'unavailable'),
    );
    return () => {
      wanted = false;
      if (stream) end(stream);
    };
  }, []);

  async function take() {
    const source = video.current;
    const photo = source && (await still(source, source.videoWidth, source.videoHeight, SIDE_MAX));
    if (!photo) return;
    const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.jpg`;
    onPhoto(new File([photo], name, { type: photo.type, lastModified: Date.now() }));
  }

  return (
    <Sheet title={t('attach.camera')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.camera}>
        {state === 'denied' || state === 'unavailable' ? (
          <p className={attach.note} role="alert">
            {t(state === 'denied' ? 'files.cameraDenied' : 'files.cameraMissing')}
          </p>
        ) : (
          <video ref={video} className={styles.view} autoPlay muted playsInline />
        )}
        <Button look="primary" wide disabled={state !== 'on'} onClick={() => void take()}>
          <Camera size={18} /> {t('files.shoot')}
        </Button>
      </div>
    </Sheet>
  );
}

function end(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop();
}
