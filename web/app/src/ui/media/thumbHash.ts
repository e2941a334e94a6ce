/** The longer side of what is decoded, in pixels: it is blurred anyway. */
const SIDE = 24;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * The blurred picture that a ThumbHash stands for: cosine waves of brightness, two colours and opacity, as
 * https://evanw.github.io/thumbhash/ describes. Undefined for what is none.
 */
export function thumbHash(base64: string): Pixels | undefined {
  const hash = bytesOf(base64);
  if (!hash || hash.length < 5) return undefined;
  const at = (place: number) => hash[place] ?? 0;
  const first = at(0) | (at(1) << 8) | (at(2) << 16);
  const second = at(3) | (at(4) << 8);
  const alpha = first >> 23 === 1;
  const landscape = second >> 15 === 1;
  const long = alpha ? 5 : 7;
  const short = second & 7;
  const [lightX, lightY] = [Math.max(3, landscape ? long : short), Math.max(3, landscape ? short : long)];
  let nibble = (alpha ? 6 : 5) * 2;
  const waves = (countX: number, countY: number, mean: number, scale: number): Wave[] => {
    const found: Wave[] = [{ x: 0, y: 0, amount: mean }];
    for (let y = 0; y < countY; y++) {
      for (let x = y === 0 ? 1 : 0; x * countY < countX * (countY - y); x++) {
        const value = (at(nibble >> 1) >> ((nibble & 1) * 4)) & 15;
        nibble += 1;
        found.push({ x, y, amount: (value / 7.5 - 1) * scale * 2 });
      }
    }
    return found;
  };
  const light = waves(lightX, lightY, (first & 63) / 63, ((first >> 18) & 31) / 31);
  const yellow = waves(3, 3, ((first >> 6) & 63) / 31.5 - 1, (((second >> 3) & 63) / 63) * 1.25);
  const red = waves(3, 3, ((first >> 12) & 63) / 31.5 - 1, (((second >> 9) & 63) / 63) * 1.25);
  const opaque = alpha ? waves(5, 5, (at(5) & 15) / 15, (at(5) >> 4) / 15) : [{ x: 0, y: 0, amount: 1 }];
  const ratio = landscape ? long / Math.max(1, short) : short / long;
  const width = Math.round(ratio > 1 ? SIDE : SIDE * ratio);
  const height = Math.round(ratio > 1 ? SIDE / ratio : SIDE);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, place = 0; y < height; y++) {
    for (let x = 0; x < width; x++, place += 4) {
      const [u, v] = [(Math.PI / width) * (x + 0.5), (Math.PI / height) * (y + 0.5)];
      const [l, p, q] = [sum(light, u, v), sum(yellow, u, v), sum(red, u, v)];
      const blue = l - (2 / 3) * p;
      const reddish = (3 * l - blue + q) / 2;
      data.set([reddish * 255, (reddish - q) * 255, blue * 255, sum(opaque, u, v) * 255], place);
    }
  }
  return { width, height, data };
}

interface Wave {
  readonly x: number;
  readonly y: number;
  readonly amount: number;
}

function sum(waves: readonly Wave[], u: number, v: number): number {
  return waves.reduce((total, { x, y, amount }) => total + amount * Math.cos(u * x) * Math.cos(v * y), 0);
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
