#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws what a phone's camera could see: documents that are nobody's, on tables, in good and in bad
// light. Grey, pixel by pixel, the same on every machine. Made for the tests of the capture page:
// films for Chromium's fake camera (Y4M) and pictures to choose (PNG).
//
//   node scenes.mjs FILM FILE.y4m       one of FILMS
//   node scenes.mjs --pictures DIR      every picture of the quality tests as PNG, to be looked at
import { openSync, closeSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';

/** Numbers from 0 to 1 that depend on the seed alone. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/* A number from 0 to 1 for a place, without order: for print and grain. */
function hash(a, b, c) {
  let mixed = Math.imul(a | 0, 0x27d4eb2d) ^ Math.imul(b | 0, 0x165667b1) ^ Math.imul(c | 0, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
}

const blank = (width, height) => ({ data: new Float32Array(width * height), width, height });

/** A picture whose brightness at each pixel is shade(x, y); samples² looks a pixel. */
export function paint(width, height, shade, samples = 1) {
  const picture = blank(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let sy = 0; sy < samples; sy += 1) {
        for (let sx = 0; sx < samples; sx += 1) sum += shade(x + (sx + 0.5) / samples, y + (sy + 0.5) / samples);
      }
      picture.data[y * width + x] = sum / (samples * samples);
    }
  }
  return picture;
}

/* Tables. Each gives its brightness at a place in pixels; unit is how many pixels a millimetre has. */
export const TABLES = {
  plain: (level) => () => level,
  wood: (level, unit) => (x, y) => {
    const bend = 4 * Math.sin(x / (60 * unit)) + 2 * Math.sin(x / (23 * unit) + 1);
    const grain = Math.sin((y / unit + bend) * 0.9) + 0.6 * Math.sin((y / unit + bend * 1.3) * 2.3 + 2);
    return level + 9 * grain + 5 * (hash(x / (4 * unit), y / unit, 3) - 0.5);
  },
  planks: (level, unit) => (x, y) => {
    const plank = Math.floor(y / (47 * unit));
    const gap = y / unit - plank * 47 < 0.8;
    return gap ? level * 0.45 : level + 14 * (hash(plank, 1, 5) - 0.5) + 6 * Math.sin(y / unit * 1.7 + x / (90 * unit));
  },
  tiles: (level, unit) => (x, y) => {
    const isJoint = (x / unit + 22) % 86 < 2 || (y / unit + 16) % 54 < 2;
    return isJoint ? level * 0.6 : level + 10 * (hash(x / unit / 3, y / unit / 3, 8) - 0.5);
  },
  cloth: (level, unit) => (x, y) => level + ((Math.floor(x / (9 * unit)) + Math.floor(y / (9 * unit))) % 2 ? 45 : -25),
  stone: (level, unit) => (x, y) => level + 34 * (hash(x / (1.5 * unit), y / (1.5 * unit), 11) - 0.5) + 20 * (hash(x / (6 * unit), y / (6 * unit), 12) - 0.5),
};

/* Whether there is ink at a place of a line of print: letters are 5 × 7 dots that stand by chance. */
function hasInk(u, v, { x, y, size, count, seed }) {
  const dot = size / 7;
  const column = Math.floor((u - x) / dot);
  const row = Math.floor((v - y) / dot);
  const letter = Math.floor(column / 6);
  if (row < 0 || row >= 7 || column < 0 || letter >= count || column % 6 === 5) return false;
  if (hash(letter, seed, 77) < 0.15) return false;
  return hash(column, row, seed) < 0.55;
}

/** Documents: millimetres wide and high, and how bright they are at (u, v) in millimetres. */
export const DESIGNS = {
  /** A light card: portrait left, lines right, a dark band above. */
  light: (seed) => cardOf({ seed, ground: 215, ink: 40, band: 90, photo: 120 }),
  /** A dark card with light print. */
  dark: (seed) => cardOf({ seed, ground: 58, ink: 215, band: 95, photo: 140 }),
  /** A coloured card of middle brightness with a white strip to sign on. */
  strip: (seed) => cardOf({ seed, ground: 150, ink: 30, band: 110, photo: 90, strip: 255 }),
  /** A card with faint lines all over, as against forgery. */
  guilloche: (seed) => cardOf({ seed, ground: 190, ink: 55, band: 150, photo: 105, waves: 16 }),
  /** A back with a barcode and a few lines. */
  back: (seed) => {
    const plain = cardOf({ seed, ground: 205, ink: 45, band: 205, photo: 0 });
    return {
      ...plain,
      shade: (u, v) => {
        if (v > 6 && v < 22 && u > 5 && u < 80) return hash(u / 0.55, v / 1.6, seed) < 0.5 ? 30 : 230;
        return plain.shade(u, v);
      },
    };
  },
  /** The photo page of an open passport, the fold and the page above it included. */
  passport: (seed) => {
    const page = cardOf({ seed, ground: 208, ink: 45, band: 208, photo: 110, waves: 7, width: 125, height: 88 });
    return {
      width: 125,
      height: 180,
      // The guide is for the lower half.
      top: 92,
      shade: (u, v) => {
        if (v < 90) return hasInk(u, v, { x: 20, y: 20, size: 3, count: 30, seed }) ? 90 : 196;
        if (v < 92) return 150 - 40 * Math.abs(91 - v);
        const w = v - 92;
        for (const y of [70, 78]) if (hasInk(u, w, { x: 4, y, size: 4.2, count: 32, seed: seed + y })) return 45;
        return page.shade(u, w);
      },
    };
  },
  /** A letter: lines of print on white paper. */
  letter: (seed) => ({
    width: 210,
    height: 297,
    shade: (u, v) => {
      const line = Math.floor((v - 30) / 7);
      const ink = v > 30 && v < 260 && hash(line, seed, 4) > 0.2
        && hasInk(u, v, { x: 22, y: 30 + line * 7, size: 3.6, count: 20 + Math.floor(30 * hash(line, seed, 6)), seed: seed + line });
      return ink ? 40 : 228;
    },
  }),
};

function cardOf({ seed, ground, ink, band, photo, strip = 0, waves = 0, width = 85.6, height = 54 }) {
  const lines = [];
  for (let i = 0; i < 6; i += 1) lines.push({ x: width * 0.4, y: height * (0.26 + 0.1 * i), size: i === 0 ? 3.4 : 2.4, count: 12 + Math.floor(10 * hash(i, seed, 1)), seed: seed * 31 + i });
  const isFace = (u, v) => ((u - width * 0.19) / (width * 0.09)) ** 2 + ((v - height * 0.52) / (height * 0.17)) ** 2 < 1;
  return {
    width,
    height,
    shade: (u, v) => {
      if (v < height * 0.16) return hasInk(u, v, { x: 5, y: height * 0.05, size: 3.6, count: 18, seed: seed + 900 }) ? (band > 128 ? 30 : 235) : band;
      if (photo > 0 && u > width * 0.06 && u < width * 0.33 && v > height * 0.26 && v < height * 0.8) {
        return isFace(u, v) ? photo + 45 + 15 * Math.sin(u) : photo - 25 + v;
      }
      if (strip && u > width * 0.4 && u < width * 0.92 && v > height * 0.84 && v < height * 0.94) return strip;
      for (const line of lines) if (v >= line.y && v < line.y + line.size && hasInk(u, v, line)) return ink;
      return ground + waves * Math.sin(u * 1.1 + 3 * Math.sin(v * 0.4)) * Math.sin(v * 1.3);
    },
  };
}

/**
 * Lays a document on a table.
 * at: where the middle of what the guide is for lies, in pixels; unit: pixels a millimetre; turn: in degrees.
 */
export function lay(table, document, { x, y, unit, turn = 0 }) {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const top = document.top ?? 0;
  const middle = { u: document.width / 2, v: top + (document.height - top) / 2 };
  const corner = 3;
  return (px, py) => {
    const u = ((px - x) * cos + (py - y) * sin) / unit + middle.u;
    const v = ((py - y) * cos - (px - x) * sin) / unit + middle.v;
    if (u < 0 || v < 0 || u > document.width || v > document.height) {
      const isShadow = u > -1.2 && v > -0.4 && u < document.width + 0.4 && v < document.height + 1.2;
      return table(px, py) * (isShadow ? 0.8 : 1);
    }
    const du = Math.max(0, corner - u, u - document.width + corner);
    const dv = Math.max(0, corner - v, v - document.height + corner);
    return du * du + dv * dv > corner * corner ? table(px, py) : document.shade(u, v);
  };
}

/** Things that lie about: a pen, a cup, papers, keys. Around the middle, not over it. */
export function clutter(table, width, height, seed) {
  const random = randomOf(seed);
  const things = [];
  for (let i = 0; i < 14; i += 1) {
    const side = i % 4;
    const x = side === 0 ? width * 0.02 * random() : side === 1 ? width * (0.99 + 0.02 * random()) : width * random();
    const y = side < 2 ? height * random() : side === 2 ? height * 0.24 * random() : height * (0.78 + 0.2 * random());
    things.push({ x, y, angle: random() * 3, long: width * (0.02 + 0.16 * random()), thick: width * (0.008 + 0.05 * random()), level: 30 + 200 * random(), isRound: random() < 0.3 });
  }
  return (px, py) => {
    for (const thing of things) {
      const u = (px - thing.x) * Math.cos(thing.angle) + (py - thing.y) * Math.sin(thing.angle);
      const v = (py - thing.y) * Math.cos(thing.angle) - (px - thing.x) * Math.sin(thing.angle);
      if (thing.isRound ? u * u + v * v < thing.thick * thing.thick * 3 : Math.abs(u) < thing.long && Math.abs(v) < thing.thick) return thing.level;
    }
    return table(px, py);
  };
}

/** An arm and a hand that come in from the right, tip at x. */
export function hand(picture, x, y) {
  const { width, height, data } = picture;
  for (let py = 0; py < height; py += 1) {
    for (let px = Math.max(0, Math.floor(x)); px < width; px += 1) {
      const along = (px - x) / width;
      const finger = Math.sin((py - y) / (height * 0.018)) > -0.5 || along > 0.22;
      const half = height * Math.min(0.12, 0.04 + along * 0.3);
      if (Math.abs(py - y) < half && finger) data[py * width + px] = 165 + 25 * Math.cos(((py - y) / half) * 1.4);
    }
  }
  return picture;
}

/* One pass of a running mean over rows (step 1) or columns (step width). */
function boxBlur({ data, width, height }, radius, step) {
  const out = new Float32Array(data.length);
  const [lines, length, jump] = step === 1 ? [height, width, width] : [width, height, 1];
  const size = 2 * radius + 1;
  for (let line = 0; line < lines; line += 1) {
    const at = (i) => data[line * jump + Math.min(length - 1, Math.max(0, i)) * step];
    let sum = 0;
    for (let i = -radius; i <= radius; i += 1) sum += at(i);
    for (let i = 0; i < length; i += 1) {
      out[line * jump + i * step] = sum / size;
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return { data: out, width, height };
}

/** Out of focus: about a Gaussian of that sigma (three running means). */
export function blur(picture, sigma) {
  // Three boxes of radius r have the variance ((2r+1)² - 1) / 4.
  const radius = Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  let result = picture;
  for (let i = 0; i < 3 && radius > 0; i += 1) result = boxBlur(boxBlur(result, radius, 1), radius, result.width);
  return result;
}

/** Moved sideways, or up and down, while it was exposed. */
export function shake(picture, length, isUpright = false) {
  return boxBlur(picture, Math.round(length / 2), isUpright ? picture.width : 1);
}

/** Lit from one side; strength 0 is even light. */
export function light(picture, { exposure = 1, slope = 0 }) {
  const { data, width, height } = picture;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] *= exposure * (1 + slope * (x / width - 0.5) + (slope / 2) * (y / height - 0.5));
  }
  return picture;
}

/** A lamp reflected at (x, y), radius in pixels, with its halo. */
export function reflect(picture, { x, y, radius, stretch = 1 }) {
  const { data, width, height } = picture;
  for (let py = 0; py < height; py += 1) {
    for (let px = 0; px < width; px += 1) {
      const distance = Math.hypot((px - x) / stretch, py - y) / radius;
      data[py * width + px] += 420 * Math.exp(-distance * distance);
    }
  }
  return picture;
}

// Grains of noise, drawn once: three of a kind make a fair bell, whose sigma is 1 here.
const GRAINS = (() => {
  const random = randomOf(4711);
  return Float32Array.from({ length: 1 << 16 }, () => 2 * (random() + random() + random() - 1.5));
})();

/** Sensor's noise, and the limits of what a pixel holds. A new picture of bytes. */
export function expose({ data, width, height }, { noise = 0, seed = 1 } = {}) {
  const random = randomOf(seed);
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y += 1) {
    // Each row begins somewhere else among the grains.
    const from = Math.floor(random() * GRAINS.length);
    for (let x = 0; x < width; x += 1) out[y * width + x] = data[y * width + x] + noise * GRAINS[(from + x) & 0xffff];
  }
  return { data: new Uint8Array(out.buffer), width, height };
}

/** The part of a picture. */
export function crop({ data, width }, area) {
  const out = new data.constructor(area.width * area.height);
  for (let y = 0; y < area.height; y += 1) out.set(data.subarray((area.y + y) * width + area.x, (area.y + y) * width + area.x + area.width), y * area.width);
  return { data: out, width: area.width, height: area.height };
}

/** The picture at another size: the mean of the pixels that fall together (only smaller). */
export function resize({ data, width, height }, toWidth) {
  const scale = width / toWidth;
  const toHeight = Math.round(height / scale);
  const out = new Uint8Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y += 1) {
    for (let x = 0; x < toWidth; x += 1) {
      const right = Math.max(Math.floor(x * scale) + 1, Math.floor((x + 1) * scale));
      const bottom = Math.min(height, Math.max(Math.floor(y * scale) + 1, Math.floor((y + 1) * scale)));
      let sum = 0;
      let count = 0;
      for (let sy = Math.floor(y * scale); sy < bottom; sy += 1) {
        for (let sx = Math.floor(x * scale); sx < Math.min(width, right); sx += 1) {
          sum += data[sy * width + sx];
          count += 1;
        }
      }
      out[y * toWidth + x] = sum / count;
    }
  }
  return { data: out, width: toWidth, height: toHeight };
}

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, body) {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crcOf(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

/** A grey picture of bytes as a PNG file. */
export function pngOf({ data, width, height }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/* ---- Pictures ---- */

/** What can be wrong with a picture, and nothing. */
export const FLAWS = ['none', 'blurred', 'shaken', 'glare', 'dark', 'pale', 'small', 'far'];

/**
 * A picture of a document as a phone would take it, bytes, width × ¾ width pixels (those of a small
 * one: 640). Everything but the flaw comes from the seed: design, table, place, light, noise, and
 * how bad the flaw is.
 */
export function pictureOf(flaw, seed, width = 1024) {
  const random = randomOf(seed * 7919 + FLAWS.indexOf(flaw));
  const pick = (list) => list[Math.floor(random() * list.length)];
  const w = flaw === 'small' ? 640 : width;
  const h = Math.round(w * 0.75);
  // All lengths below are for a picture of 1024.
  const k = w / 1024;
  const document = DESIGNS[pick(['light', 'dark', 'strip', 'guilloche', 'back'])](seed);
  const unit = ((flaw === 'far' ? 0.28 + 0.08 * random() : 0.72 + 0.22 * random()) * w) / document.width;
  const level = 50 + 110 * random();
  const table = flaw === 'far' ? TABLES.plain(level) : TABLES[pick(['plain', 'wood', 'stone', 'planks'])](level, unit);
  const middle = { x: w / 2 + (random() - 0.5) * w * 0.04, y: h / 2 + (random() - 0.5) * h * 0.04 };
  let picture = paint(w, h, lay(table, document, { ...middle, unit, turn: (random() - 0.5) * 8 }), 2);
  if (flaw === 'pale') for (let at = 0; at < picture.data.length; at += 1) picture.data[at] = 150 + (picture.data[at] - 128) * (0.08 + 0.08 * random() / 2);
  if (flaw === 'glare') {
    const spot = { radius: (40 + 60 * random()) * k, stretch: 1 + random() };
    picture = reflect(picture, { x: middle.x + (random() - 0.5) * w * 0.4, y: middle.y + (random() - 0.5) * h * 0.25, ...spot });
  }
  if (flaw === 'blurred') picture = blur(picture, (2.4 + 3 * random()) * k);
  if (flaw === 'shaken') picture = shake(picture, (9 + 10 * random()) * k, random() < 0.5);
  picture = light(picture, { exposure: flaw === 'dark' ? 0.12 + 0.15 * random() : 0.75 + 0.3 * random(), slope: (random() - 0.5) * 0.4 });
  return expose(picture, { noise: 1 + 5 * random(), seed });
}

/* ---- Films ---- */

const FILM = { width: 720, height: 960, fps: 15 };
// About where the page's guide is in that frame on phones: nine tenths of the width, a little above the middle.
const CARD_UNIT = (FILM.width * 0.86) / 85.6;
const PASSPORT_UNIT = (FILM.width * 0.86) / 125;
const MIDDLE = { x: FILM.width / 2, y: FILM.height * 0.445 };

const still = (shade, after = (picture) => picture) => {
  const picture = after(paint(FILM.width, FILM.height, shade, 2));
  return { frames: 6, frame: () => picture };
};

/* A drawn picture that is moved over a larger one: from(i) says by how much, in pixels. */
function moving(count, shade, from) {
  const margin = 400;
  const large = paint(FILM.width + 2 * margin, FILM.height, (x, y) => shade(x - margin, y));
  return { frames: count, frame: (i) => crop(large, { x: margin - Math.round(from(i)), y: 0, width: FILM.width, height: FILM.height }) };
}

const wood = TABLES.wood(105, CARD_UNIT);

/** Films for the fake camera; each is {frames, frame(i), noise?}. */
export const FILMS = {
  empty: () => still(wood),
  card: () => still(lay(wood, DESIGNS.light(3), { ...MIDDLE, unit: CARD_UNIT, turn: 1 })),
  back: () => still(lay(wood, DESIGNS.back(9), { ...MIDDLE, unit: CARD_UNIT, turn: -0.5 })),
  passport: () => still(lay(wood, DESIGNS.passport(5), { ...MIDDLE, unit: PASSPORT_UNIT, turn: 0.5 })),
  far: () => still(lay(TABLES.plain(95), DESIGNS.light(4), { ...MIDDLE, unit: CARD_UNIT * 0.5, turn: 4 })),
  dark: () => ({ ...still(lay(wood, DESIGNS.light(3), { ...MIDDLE, unit: CARD_UNIT }), (picture) => light(picture, { exposure: 0.2 })), noise: 5 }),
  glare: () => still(lay(wood, DESIGNS.strip(6), { ...MIDDLE, unit: CARD_UNIT }), (picture) => reflect(picture, { x: MIDDLE.x + 90, y: MIDDLE.y - 30, radius: 70 })),
  cluttered: () => still(lay(clutter(wood, FILM.width, FILM.height, 21), DESIGNS.dark(7), { ...MIDDLE, unit: CARD_UNIT, turn: -1 })),
  // To and fro at half a card's width a second: at each end it is turned round, not held.
  moving: () => moving(60, lay(wood, DESIGNS.light(3), { ...MIDDLE, unit: CARD_UNIT }), (i) => 150 * Math.sin((i / 30) * Math.PI)),
  hand: () => {
    const table = paint(FILM.width, FILM.height, wood);
    return { frames: 45, frame: (i) => hand({ ...table, data: table.data.slice() }, FILM.width * (1 - Math.sin((i / 44) * Math.PI)), FILM.height * (0.42 + 0.1 * Math.sin(i / 9))) };
  },
};

/** Writes a film as Y4M. Chromium plays it over and over. */
export function writeFilm(name, file) {
  const { frames, frame, noise = 2.5 } = FILMS[name]();
  const out = openSync(file, 'w');
  const colour = Buffer.alloc((FILM.width * FILM.height) / 2, 128);
  writeSync(out, `YUV4MPEG2 W${FILM.width} H${FILM.height} F${FILM.fps}:1 Ip A1:1 C420jpeg\n`);
  for (let i = 0; i < frames; i += 1) {
    const { data } = expose(frame(i), { noise, seed: 100 + i });
    // In the file black is 16 and white 235.
    for (let at = 0; at < data.length; at += 1) data[at] = 16 + (data[at] * 219) / 255;
    writeSync(out, 'FRAME\n');
    writeSync(out, data);
    writeSync(out, colour);
  }
  closeSync(out);
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string' } } });
  if (values.pictures) {
    mkdirSync(values.pictures, { recursive: true });
    for (const flaw of FLAWS) {
      for (let seed = 1; seed <= 5; seed += 1) writeFileSync(path.join(values.pictures, `${flaw}-${seed}.png`), pngOf(pictureOf(flaw, seed)));
    }
  } else if (positionals.length === 2 && FILMS[positionals[0]]) {
    writeFilm(positionals[0], positionals[1]);
  } else {
    throw new Error(`a film (${Object.keys(FILMS).join(', ')}) and a file, or --pictures and a folder`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
