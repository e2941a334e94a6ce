import { useEffect, useState } from 'react';
import styles from './QrCode.module.css';

interface QrCodeProps {
  text: string;
  label: string;
}

interface Drawing {
  size: number;
  path: string;
}

/** A text for a camera. Dark on light in every theme: not every camera reads it the other way round. */
export function QrCode({ text, label }: QrCodeProps) {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let current = true;
    void import('uqr').then(({ encode }) => {
      const { size, data } = encode(text, { ecc: 'M', border: 2 });
      if (current) setDrawing({ size, path: pathOf(data) });
    });
    return () => void (current = false);
  }, [text]);
  if (!drawing) return <span className={styles.qr} />;
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${drawing.size} ${drawing.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={drawing.path} />
    </svg>
  );
}

/** One rectangle for each run of dark squares in a line. */
function pathOf(lines: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  for (const [y, line] of lines.entries()) {
    let from = -1;
    for (let x = 0; x <= line.length; x += 1) {
      if (line[x] && from < 0) from = x;
      if (line[x] || from < 0) continue;
      runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
      from = -1;
    }
  }
  return runs.join('');
}
