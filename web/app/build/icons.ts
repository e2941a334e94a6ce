// The pictures of the app for systems that take no SVG: the same drawing as public/icon.svg, made by the build.
import { crc32, deflateSync } from 'node:zlib';
import type { Plugin } from 'vite';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const TEAL: Colour = [20, 122, 120, 255];
const PAPER: Colour = [253, 252, 249, 255];
const NOTHING: Colour = [20, 122, 120, 0];

/** The drawing is made on a square of so many units, as in the SVG. */
const UNITS = 64;
/** Each point is the mean of so many by so many. */
const SAMPLES = 4;
/** A system that cuts its own shape out shows at least this part of the middle. */
const SAFE = 0.8;

const FILES: Record<string, { size: number; maskable?: true }> = {
  'icon-192.png': { size: 192 },
  'icon-512.png': { size: 512 },
  'icon-maskable-512.png': { size: 512, maskable: true },
  'apple-touch-icon.png': { size: 180, maskable: true },
};

/** Adds the icons to the build. */
export function icons(): Plugin {
  return {
    name: 'parlance-icons',
    apply: 'build',
    generateBundle() {
      for (const [fileName, { size, maskable }] of Object.entries(FILES))
        this.emitFile({ type: 'asset', fileName, source: png(size, maskable ?? false) });
    },
  };
}

function colourAt(x: number, y: number, maskable: boolean): Colour {
  const middle = UNITS / 2;
  // A shape is cut out of it later: the ground goes to the edges, and the sign keeps away from them.
  const scale = maskable ? SAFE : 1;
  const [u, v] = [(x - middle) / scale + middle, (y - middle) / scale + middle];
  if (stroke(u, v, 24, 27, 42) || stroke(u, v, 24, 34.5, 35)) return TEAL;
  if (rounded(u, v, 12, 16, 52, 45, 10) || tail(u, v)) return PAPER;
  return maskable || rounded(x, y, 0, 0, UNITS, UNITS, 18) ? TEAL : NOTHING;
}

function rounded(x: number, y: number, left: number, top: number, right: number, bottom: number, r: number) {
  const dx = Math.max(left + r - x, 0, x - (right - r));
  const dy = Math.max(top + r - y, 0, y - (bottom - r));
  return dx * dx + dy * dy <= r * r;
}

/** A horizontal line with round ends. */
function stroke(x: number, y: number, from: number, height: number, to: number) {
  const dx = Math.max(from - x, 0, x - to);
  return Math.hypot(dx, y - height) <= 2;
}

/** The corner of the bubble that points to who speaks. */
function tail(x: number, y: number) {
  return x >= 20 && y >= 40 && y <= 54 - ((x - 20) * 9) / 11;
}

function png(size: number, maskable: boolean): Buffer {
  const row = 1 + size * 4;
  const pixels = Buffer.alloc(size * row);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (const [part, value] of mean(x, y, size, maskable).entries())
        pixels[y * row + 1 + x * 4 + part] = value;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits for each of red, green, blue and alpha.
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND')];
  return Buffer.concat([signature, ...parts]);
}

function mean(x: number, y: number, size: number, maskable: boolean): readonly number[] {
  const corner = (dx: number, dy: number) =>
    colourAt(((x + dx) * UNITS) / size, ((y + dy) * UNITS) / size, maskable);
  const first = corner(0, 0);
  // Most points are of one colour; only at an edge is there something to mix.
  if ([corner(1, 0), corner(0, 1), corner(1, 1)].every(colour => colour === first)) return first;
  const sum = [0, 0, 0, 0];
  for (let dy = 0; dy < SAMPLES; dy++)
    for (let dx = 0; dx < SAMPLES; dx++) {
      const at = (place: number, step: number) => ((place + (step + 0.5) / SAMPLES) * UNITS) / size;
      const colour = colourAt(at(x, dx), at(y, dy), maskable);
      for (let part = 0; part < 4; part++) sum[part] = (sum[part] ?? 0) + (colour[part] ?? 0);
    }
  return sum.map(value => Math.round(value / SAMPLES ** 2));
}

function chunk(kind: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
