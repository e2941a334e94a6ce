import { Check, ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import {
  groundOf,
  isOwnPicture,
  t,
  useChosen,
  useClient,
  usePhoto,
  type TextKey,
} from '../../../platform/index.ts';
import { cut } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import styles from './BackgroundPage.module.css';

/** The grounds that `ui/grounds.css` draws; another client's own mean nothing here and show the plain one. */
const GROUNDS: readonly (readonly [string, TextKey])[] = [
  ['', 'info.backgroundNone'],
  ['dawn', 'info.groundDawn'],
  ['meadow', 'info.groundMeadow'],
  ['lagoon', 'info.groundLagoon'],
  ['dusk', 'info.groundDusk'],
  ['ember', 'info.groundEmber'],
  ['slate', 'info.groundSlate'],
];

/** As large as a picture behind a chat ever shows. */
const SIDE_MAX = 2_048;

/** What is behind the messages, for oneself on all of one's devices. */
export function BackgroundPage() {
  const { row } = usePanel();
  const { api } = useClient();
  const chosen = useChosen(row.personal?.background ?? '', background =>
    api.conversation.personalize({ conversation_id: row.conversation_id, background }),
  );
  const input = useRef<HTMLInputElement>(null);
  const own = isOwnPicture(chosen.value);
  const photo = usePhoto(background =>
    api.conversation.personalize({ conversation_id: row.conversation_id, background }),
  );

  async function take(file: File | undefined) {
    if (!file) return;
    const url = URL.createObjectURL(file);
    // What cannot be made smaller here is refused by the server, with its reason.
    const picture = await cut(url, undefined, SIDE_MAX).catch(() => file);
    URL.revokeObjectURL(url);
    await photo.set(picture);
  }

  return (
    <>
      <fieldset className={styles.grounds}>
        <legend className="visually-hidden">{t('info.background')}</legend>
        {GROUNDS.map(([name, label]) => (
          <label key={name} className={styles.ground} data-background={name || undefined}>
            <input
              type="radio"
              name="ground"
              className="visually-hidden"
              checked={chosen.value === name}
              onChange={() => chosen.choose(name)}
            />
            <span className={styles.other} aria-hidden="true" />
            <span className={styles.own} aria-hidden="true">
              {chosen.value === name && <Check size={16} />}
            </span>
            <span className={styles.name}>{t(label)}</span>
          </label>
        ))}
        <button
          type="button"
          className={styles.ground}
          aria-pressed={own}
          {...(own && groundOf(row))}
          disabled={photo.busy}
          onClick={() => input.current?.click()}
        >
          <span className={styles.other} aria-hidden="true" />
          <span className={styles.own} aria-hidden="true">
            {own ? <Check size={16} /> : <ImagePlus size={16} />}
          </span>
          <span className={styles.name}>{t('photo.background')}</span>
        </button>
      </fieldset>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        data-photo
        onChange={event => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Failure error={chosen.error ?? photo.error} />
      <Note>{t('info.backgroundNote')}</Note>
    </>
  );
}
