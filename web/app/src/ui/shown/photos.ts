import { createContext, use, useSyncExternalStore } from 'react';

/** Where the photos of people and groups are; given by whoever knows them. */
export interface Photos {
  subscribe(listener: () => void): () => void;
  /** The address of somebody's photo, if there is one. */
  of(id: string): string | undefined;
}

const NONE: Photos = { subscribe: () => () => undefined, of: () => undefined };

export const PhotosContext = createContext<Photos>(NONE);

/** The photo of a person or a group, as it is now. */
export function usePhoto(id: string): string | undefined {
  const photos = use(PhotosContext);
  return useSyncExternalStore(photos.subscribe, () => photos.of(id));
}
