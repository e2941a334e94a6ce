// Pictures, videos and recordings made on the spot, and what carries them to a chat.
import { randomUUID } from 'node:crypto';

/** A picture of hills under a sky, as a browser paints it. */
export async function paint(
  page,
  { width = 1600, height = 1066, hue = 190, type = 'image/jpeg', label = '' } = {},
) {
  const base64 = await page.evaluate(drawn, { width, height, hue, type, label });
  return Buffer.from(base64, 'base64');
}

async function drawn({ width, height, hue, type, label }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 55% 72%)`);
  sky.addColorStop(0.62, `hsl(${(hue + 150) % 360} 70% 84%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'hsl(44 95% 82%)';
  context.beginPath();
  context.arc(width * 0.7, height * 0.34, Math.min(width, height) * 0.09, 0, 7);
  context.fill();
  for (let row = 0; row < 4; row++) {
    context.fillStyle = `hsl(${hue + row * 8} ${30 + row * 6}% ${58 - row * 12}%)`;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += width / 60) {
      const wave = Math.sin((x / width) * (5 + row) + row * 2) + Math.sin((x / width) * 13 + row) / 3;
      context.lineTo(x, height * (0.52 + row * 0.11) - wave * height * 0.05);
    }
    context.lineTo(width, height);
    context.fill();
  }
  context.fillStyle = 'white';
  context.font = `600 ${Math.round(height / 8)}px sans-serif`;
  context.fillText(label, width * 0.06, height * 0.92);
  const blob = await canvas.convertToBlob({ type, quality: 0.86 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** A recording of so long: a voice message, or with a picture a video. */
export async function record(page, { ms = 1_500, video = false } = {}) {
  const base64 = await page.evaluate(recorded, { ms, video });
  return Buffer.from(base64, 'base64');
}

async function recorded({ ms, video }) {
  const audio = new AudioContext();
  const sink = audio.createMediaStreamDestination();
  const tone = new OscillatorNode(audio, { frequency: 330 });
  tone.connect(new GainNode(audio, { gain: 0.2 })).connect(sink);
  tone.start();
  let painting;
  const stream = new MediaStream(sink.stream.getTracks());
  if (video) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 270 });
    const context = canvas.getContext('2d');
    let frame = 0;
    painting = setInterval(() => {
      context.fillStyle = `hsl(${frame * 4} 60% 55%)`;
      context.fillRect(0, 0, 480, 270);
      context.fillStyle = 'white';
      context.fillRect((frame++ * 7) % 480, 110, 60, 60);
    }, 40);
    for (const track of canvas.captureStream(25).getTracks()) stream.addTrack(track);
  }
  const recorder = new MediaRecorder(stream, {
    mimeType: video ? 'video/webm;codecs=vp8,opus' : 'audio/webm;codecs=opus',
  });
  const parts = [];
  recorder.addEventListener('dataavailable', event => parts.push(event.data));
  const stopped = new Promise(resolve => recorder.addEventListener('stop', resolve));
  recorder.start();
  await new Promise(resolve => setTimeout(resolve, ms));
  recorder.stop();
  await stopped;
  clearInterval(painting);
  await audio.close();
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** A GIF of two colours that take turns. */
export function gif(side = 360) {
  const word = value => [value & 255, value >> 8];
  const frame = colour => [
    ...[0x21, 0xf9, 4, 0, ...word(30), 0, 0],
    ...[0x2c, ...word(0), ...word(0), ...word(side), ...word(side), 0, 2],
    ...blocks(uncompressed(side * side, colour)),
  ];
  const palette = [24, 140, 140, 240, 196, 92, 0, 0, 0, 0, 0, 0];
  return Buffer.from([
    ...Buffer.from('GIF89a'),
    ...[...word(side), ...word(side), 0x91, 0, 0, ...palette],
    ...[0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0],
    ...frame(0),
    ...frame(1),
    0x3b,
  ]);
}

/** Codes of three bits; the table is emptied before it grows them. */
function uncompressed(count, colour) {
  const bits = [];
  const put = code => bits.push(code & 1, (code >> 1) & 1, (code >> 2) & 1);
  for (let place = 0; place < count; place++) {
    if (place % 2 === 0) put(4);
    put(colour);
  }
  put(5);
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
}

function blocks(bytes) {
  const result = [];
  for (let from = 0; from < bytes.length; from += 255) {
    const block = bytes.slice(from, from + 255);
    result.push(block.length, ...block);
  }
  return [...result, 0];
}

/** Uploads for a script; answers what to send. */
export async function upload(server, script, bytes, { name = '', kind = '' } = {}) {
  const url = new URL(`/api/v1/files?${new URLSearchParams({ name, kind })}`, server.url);
  const headers = { authorization: `Bearer ${script.token}` };
  const response = await fetch(url, { method: 'POST', headers, body: bytes });
  const info = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(info));
  return info;
}

/** Sends files with a message; answers its index. */
export async function sendFiles(script, conversation, attachments, text = '', more = {}) {
  const input = {
    client_message_id: randomUUID(),
    text,
    attachments: attachments.map(({ file_id, ...said }) => ({ file_id, ...known(said) })),
    ...more,
  };
  return (await script.call('POST', `/api/v1/conversations/${conversation}/messages`, input)).index;
}

/** What only the sender knows. */
function known({ kind, width, height, duration_ms, waveform, poster }) {
  const sides = kind === 'video' ? { width, height, poster } : {};
  return JSON.parse(JSON.stringify({ duration_ms, waveform, ...sides }));
}

/** A waveform as of somebody talking. */
export const WAVEFORM = Array.from(
  { length: 64 },
  (_, place) =>
    Math.round(
      Math.abs(90 + 110 * Math.sin(place / 2.1) * Math.sin(place / 7) + 50 * Math.sin(place * 1.7)),
    ) & 255,
);

/** Uploads so many pictures of two shapes. */
export async function album(server, script, page, count) {
  const pictures = [];
  for (let number = 0; number < count; number++) {
    const [width, height] = number % 2 ? [600, 800] : [900, 600];
    const bytes = await paint(page, { width, height, hue: number * 40, label: String(number) });
    pictures.push(await upload(server, script, bytes, { name: `${number}.jpg` }));
  }
  return pictures;
}
