import { UsersRound } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useLoading } from '../media/useLoading.ts';
import styles from './Avatar.module.css';
import { usePhoto } from './photos.ts';

interface AvatarProps {
  /** Decides the hue, so that a person keeps a colour for life. */
  id: string;
  name: string;
  size?: number;
  group?: boolean;
  /** Whether a dot says that they are there. */
  online?: boolean;
  /** A photo that only its place knows of. */
  photo?: string | undefined;
}

/**
 * A photo, else a generated picture: two tones of the id's hue and initials. Decoration only, the name stands beside it.
 */
export function Avatar({ id, name, size = 46, group = false, online = false, photo }: AvatarProps) {
  const style = { '--hue': hueOf(id), '--size': `${size}px` } as CSSProperties;
  return (
    <span className={styles.avatar} style={style} data-online={online || undefined} aria-hidden="true">
      {group && name === '' ? <UsersRound size={size * 0.45} /> : initials(name)}
      {photo ? <Loaded src={photo} /> : <Photo id={id} />}
    </span>
  );
}

function Photo({ id }: { id: string }) {
  const src = usePhoto(id);
  return src ? <Loaded src={src} /> : null;
}

/** Lies over the generated picture once it is there; one that does not come leaves that. */
function Loaded({ src }: { src: string }) {
  const { image, state, shown, failed } = useLoading(src);
  return (
    <img
      ref={image}
      className={styles.photo}
      src={src}
      alt=""
      decoding="async"
      draggable={false}
      data-shown={state === 'shown' || undefined}
      onLoad={shown}
      onError={failed}
    />
  );
}

/** A hue between 0 and 359 that looks random but always is the same for an id. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let place = 0; place < id.length; place++) {
    hash = Math.imul(hash ^ id.charCodeAt(place), 16777619);
  }
  // Ids made one after the other differ in few bits; this spreads them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}

function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    word => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toLocaleUpperCase();
}
