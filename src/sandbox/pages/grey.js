// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on small grey pictures, without a document or a browser: what seen.js and quality.js
// stand on. A picture is {data, width, height} with one number from 0 to 255 a pixel, row by row;
// a rectangle is {x, y, width, height} in its pixels.

/** The grey picture of canvas pixels (RGBA). */
export function greyOf({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = (data[from] * 77 + data[from + 1] * 150 + data[from + 2] * 29) >> 8;
  }
  return { data: grey, width, height };
}

/** The mean of each pixel and its eight neighbours: single grains of noise go, edges stay. The rim is copied. */
export function smooth({ data, width, height }) {
  const out = Uint8Array.from(data);
  for (let y = 1; y < height - 1; y += 1) {
    const row = y * width;
    const column = (x) => data[row - width + x] + data[row + x] + data[row + width + x];
    let left = column(0);
    let middle = column(1);
    for (let x = 1; x < width - 1; x += 1) {
      const right = column(x + 1);
      out[row + x] = (left + middle + right) / 9;
      left = middle;
      middle = right;
    }
  }
  return { data: out, width, height };
}

/** The picture at half its width and height, four pixels averaged into one. */
export function halve({ data, width, height }) {
  const half = { width: width >> 1, height: height >> 1 };
  half.data = new Uint8Array(half.width * half.height);
  for (let y = 0; y < half.height; y += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const at = 2 * y * width + 2 * x;
      half.data[y * half.width + x] = (data[at] + data[at + 1] + data[at + width] + data[at + width + 1] + 2) >> 2;
    }
  }
  return half;
}

/** Which rectangle is left when a part of the width and of the height is taken off at every side. */
export function inset({ x, y, width, height }, part) {
  const dx = Math.round(width * part);
  const dy = Math.round(height * part);
  return { x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy };
}

/** How bright the rectangle is: the brightness that 2, 50 and 98 of a hundred pixels do not exceed. */
export function levels({ data, width }, area) {
  const counts = new Uint32Array(256);
  for (let y = area.y; y < area.y + area.height; y += 1) {
    for (let x = area.x; x < area.x + area.width; x += 1) counts[data[y * width + x]] += 1;
  }
  const total = area.width * area.height;
  const at = (part) => {
    let sum = 0;
    for (let value = 0; value < 256; value += 1) {
      sum += counts[value];
      if (sum >= total * part) return value;
    }
    return 255;
  };
  return { low: at(0.02), middle: at(0.5), high: at(0.98) };
}

/** How steep the picture is at each pixel: the differences across and down added up. The rim is 0. */
export function slopes({ data, width, height }) {
  const out = new Uint16Array(data.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      out[at] = Math.abs(data[at + 1] - data[at - 1]) + Math.abs(data[at + width] - data[at - width]);
    }
  }
  return out;
}

/** Cuts a rectangle into columns × rows cells and gives the part of steep pixels in each, row by row. */
export function steepCells(steepness, width, area, { columns, rows, limit }) {
  const cells = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const top = area.y + Math.floor((row * area.height) / rows);
    const bottom = area.y + Math.floor(((row + 1) * area.height) / rows);
    for (let column = 0; column < columns; column += 1) {
      const left = area.x + Math.floor((column * area.width) / columns);
      const right = area.x + Math.floor(((column + 1) * area.width) / columns);
      let steep = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) if (steepness[y * width + x] >= limit) steep += 1;
      }
      cells[row * columns + column] = steep / Math.max(1, (right - left) * (bottom - top));
    }
  }
  return cells;
}

// A spot begins where pixels are blown out and goes as far as they are nearly so.
const BLOWN_OUT = 250;
const BRIGHT = 236;

/* Collects the bright pixels that hang together with the one at start, and marks them. */
function collect({ data, width }, area, start, marks) {
  const found = [start];
  const right = area.x + area.width;
  const bottom = area.y + area.height;
  marks[start] = 1;
  for (let next = 0; next < found.length; next += 1) {
    const at = found[next];
    const x = at % width;
    const y = (at - x) / width;
    const look = (to) => {
      if (marks[to] || data[to] < BRIGHT) return;
      marks[to] = 1;
      found.push(to);
    };
    if (x > area.x) look(at - 1);
    if (x < right - 1) look(at + 1);
    if (y > area.y) look(at - width);
    if (y < bottom - 1) look(at + width);
  }
  return found;
}

/* Whether the brightness falls off slowly around a spot: looked at from its border, reach pixels out. */
function isSoft({ data, width, height }, spot, marks, { ground, reach }) {
  const halfway = (BRIGHT + ground) / 2;
  let border = 0;
  let slow = 0;
  for (const at of spot) {
    const x = at % width;
    const y = (at - x) / width;
    for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
      const tx = x + dx * reach;
      const ty = y + dy * reach;
      if (tx < 0 || ty < 0 || tx >= width || ty >= height || marks[at + dy * width + dx]) continue;
      border += 1;
      if (data[ty * width + tx] > halfway) slow += 1;
    }
  }
  return slow > border * 0.3;
}

/**
 * The part of the rectangle that reflections cover. A reflection is blown out and, because it lies
 * at another distance than the print, has no sharp border: white print has one.
 * reach: how far from its border a printed white would be over, in pixels.
 */
export function glareIn(picture, area, reach) {
  const { data, width } = picture;
  const ground = levels(picture, area).middle;
  const marks = new Uint8Array(data.length);
  const least = area.width * area.height * 0.0015;
  let sum = 0;
  if (ground >= BRIGHT - 10) return 0;
  for (let y = area.y; y < area.y + area.height; y += 1) {
    for (let at = y * width + area.x; at < y * width + area.x + area.width; at += 1) {
      if (marks[at] || data[at] < BLOWN_OUT) continue;
      const spot = collect(picture, area, at, marks);
      const blown = spot.filter((one) => data[one] >= BLOWN_OUT).length;
      if (blown >= least && isSoft(picture, spot, marks, { ground, reach })) sum += blown;
    }
  }
  return sum / (area.width * area.height);
}

/**
 * Where a rectangle of the stage lies in the video that fills the stage and is cut at its sides (CSS:
 * object-fit: cover). stage and video: {width, height}; gives pixels of the video.
 */
export function toVideo(area, stage, video) {
  const scale = Math.max(stage.width / video.width, stage.height / video.height);
  return {
    x: (area.x - (stage.width - video.width * scale) / 2) / scale,
    y: (area.y - (stage.height - video.height * scale) / 2) / scale,
    width: area.width / scale,
    height: area.height / scale,
  };
}

/** The rectangle with a margin on every side, in whole pixels, as far as the picture goes. */
export function grow({ x, y, width, height }, margin, bounds) {
  const left = Math.max(0, Math.floor(x - margin));
  const top = Math.max(0, Math.floor(y - margin));
  return {
    x: left,
    y: top,
    width: Math.min(bounds.width, Math.ceil(x + width + margin)) - left,
    height: Math.min(bounds.height, Math.ceil(y + height + margin)) - top,
  };
}
