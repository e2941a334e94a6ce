import { useClient } from '../session.ts';
import { useRequest } from '../request.ts';
import { t } from '../i18n/index.ts';

interface Photo {
  busy: boolean;
  error: string | undefined;
  /** Uploads a picture and has it stand for something; answers whether that succeeded. */
  set(picture: Blob): Promise<boolean>;
  /** Takes the picture away. */
  remove(): Promise<boolean>;
}

/** Changes a picture that stands for somebody, or lies behind a chat: `save` is given its id, or nothing. */
export function usePhoto(save: (fileId: string) => Promise<unknown>): Photo {
  const { link, uploads } = useClient();
  const { busy, error, run } = useRequest();
  return {
    busy,
    error,
    set: picture =>
      run(async () => {
        // An upload waits for the network; whoever looks at a button should not.
        if (link.state.get().phase !== 'live') throw new Error(t('app.unreachable'));
        const { file_id } = await uploads.once(picture, { kind: 'picture', name: '' });
        await save(file_id);
      }),
    remove: () => run(() => save('')),
  };
}

/** The texts of choosing and cutting a photo. */
export function photoTexts() {
  return {
    choose: t('photo.choose'),
    remove: t('photo.remove'),
    title: t('photo.title'),
    zoom: t('photo.zoom'),
    save: t('app.save'),
    close: t('app.close'),
    failed: t('photo.failed'),
  };
}
