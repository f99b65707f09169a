// SPDX-License-Identifier: GPL-3.0-or-later
// Makes of what was taken or chosen what is sent: a JPEG of at most 2,048 pixels, upright, without
// what a phone writes beside the picture (place, time, make), and judged. PDFs stay as they are.

import { greyOf } from './grey.js';
import { JUDGED_SIDE, judge } from './quality.js';

/** The longer side of what is sent, in pixels. */
export const LONG_SIDE = 2048;
const JPEG_QUALITY = 0.9;
const MAX_BYTES = 10 * 1048576;
const HEIC = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** Why a file cannot be sent; reason is the name of the text that says so. */
export class Unfit extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** A canvas of that size; null where the browser gives none. */
export function canvasOf(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** Gives a canvas's memory back at once; some phones keep it for long. */
export function forget(canvas) {
  canvas.width = 0;
  canvas.height = 0;
}

let truth;

/** Whether pixels can be read as they were drawn. Some browsers give noise instead, against being recognised. */
export function canReadPixels() {
  if (truth !== undefined) return truth;
  const canvas = canvasOf(8, 8);
  const brush = canvas.getContext('2d');
  if (brush === null) return false;
  brush.fillStyle = '#3c78b4';
  brush.fillRect(0, 0, 8, 8);
  const { data } = brush.getImageData(0, 0, 8, 8);
  truth = data.every((value, i) => Math.abs(value - [60, 120, 180, 255][i % 4]) <= 3);
  return truth;
}

async function kindOf(file) {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const text = String.fromCharCode(...head);
  if (text.startsWith('%PDF-')) return 'pdf';
  return text.slice(4, 8) === 'ftyp' && HEIC.test(text.slice(8, 12)) ? 'heic' : 'picture';
}

/** The size that fits: never larger than it is. */
export function fit(width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function draw(source, area, size) {
  const canvas = canvasOf(size.width, size.height);
  const brush = canvas.getContext('2d');
  // JPEG knows no transparency: what is see-through becomes paper, not night.
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, size.width, size.height);
  brush.imageSmoothingQuality = 'high';
  brush.drawImage(source, area.x, area.y, area.width, area.height, 0, 0, size.width, size.height);
  return canvas;
}

/** What judge() says of a canvas. real: the size of the picture it was made from. */
function judgeCanvas(canvas, real, isFace) {
  const { width, height } = fit(canvas.width, canvas.height, JUDGED_SIDE);
  const small = draw(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height }, { width, height });
  const grey = greyOf(small.getContext('2d').getImageData(0, 0, width, height));
  forget(small);
  return judge(grey, real, isFace);
}

/* Makes the canvas into what is sent, and lets go of it. */
async function finish(canvas, problems) {
  const { width, height } = canvas;
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY); });
  forget(canvas);
  if (blob === null) throw new Unfit('fileBroken');
  return { blob, width, height, problems };
}

/**
 * A part of a playing video, as it is this moment: problems is what judge() says of it, keep() makes
 * {blob, width, height, problems} of it, drop() lets it go.
 */
export function snap(video, area, isFace) {
  const real = { width: Math.round(area.width), height: Math.round(area.height) };
  const canvas = draw(video, area, fit(real.width, real.height, LONG_SIDE));
  const problems = judgeCanvas(canvas, real, isFace);
  return { problems, keep: () => finish(canvas, problems), drop: () => forget(canvas) };
}

/* Large pictures are made small while they are read, where the browser does both and turns them too. */
async function readSmall(file, size) {
  try {
    const bitmap = await createImageBitmap(file, {
      imageOrientation: 'from-image', resizeWidth: size.width, resizeHeight: size.height, resizeQuality: 'high',
    });
    if (bitmap.width === size.width && bitmap.height === size.height) return bitmap;
    bitmap.close();
  } catch {
    // A browser without these options: the picture itself is drawn, which is turned in any of them.
  }
  return null;
}

async function readPicture(file, isFace) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    // Width and height are those of the upright picture.
    const real = { width: image.naturalWidth, height: image.naturalHeight };
    const size = fit(real.width, real.height, LONG_SIDE);
    const bitmap = size.width < real.width ? await readSmall(file, size) : null;
    const area = { x: 0, y: 0, ...(bitmap ? size : real) };
    const canvas = draw(bitmap ?? image, area, size);
    bitmap?.close();
    return await finish(canvas, judgeCanvas(canvas, real, isFace));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * What is sent of a chosen file: {blob, width, height, problems, isPdf}. Throws Unfit with the
 * reason when it is no picture this phone can open, or a PDF of more than 10 MB.
 */
export async function shrink(file, isFace) {
  const kind = await kindOf(file).catch(() => 'picture');
  const isPdf = kind === 'pdf';
  if (isPdf || !canReadPixels()) {
    if (file.size > MAX_BYTES) throw new Unfit('tooLarge');
    return { blob: file, problems: [], isPdf };
  }
  try {
    return { ...await readPicture(file, isFace), isPdf };
  } catch (error) {
    if (error instanceof Unfit) throw error;
    throw new Unfit(kind === 'heic' ? 'fileHeic' : 'fileBroken');
  }
}
