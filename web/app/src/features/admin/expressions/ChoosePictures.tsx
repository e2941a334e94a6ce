import { ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../ui/index.ts';

interface ChoosePicturesProps {
  label: string;
  /** What it is for, if several of them are on the page. */
  about?: string;
  look?: 'primary' | 'plain';
  disabled?: boolean;
  onFiles(files: File[]): void;
}

/** Has one choose pictures, several at once. */
export function ChoosePictures({ label, about, look = 'plain', disabled, onFiles }: ChoosePicturesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} disabled={disabled} aria-label={about} onClick={() => input.current?.click()}>
        <ImagePlus size={18} aria-hidden="true" />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-pictures
        onChange={event => {
          const files = [...(event.target.files ?? [])];
          // The same ones can be chosen again.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
