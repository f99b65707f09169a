// SPDX-License-Identifier: GPL-3.0-or-later
// Judges a picture that was taken or chosen: is it sharp, free of reflections, bright, large enough?
// Works on a grey copy of a fixed size, so that the same limits hold for every camera.

import { glareIn, halve, inset, levels, slopes, smooth, steepCells } from './grey.js';

/** The longer side of the grey copy that judge() wants; smaller pictures are judged as they are. */
export const JUDGED_SIDE = 1024;

// As the server judges: a picture whose longer side is shorter than this is a poor one.
const SMALL_SIDE = 960;
const DARK = 90;
const PALE = 50;
// How many pixels an edge may take from dark to light: in print, and in a face, which has no print.
const SOFT_PRINT = 4.2;
const SOFT_FACE = 6.5;
const GLARE = 0.006;
// What of the picture's height and width a document has to take up.
const FAR_PART = 0.2;

const LONGEST_EDGE = 14;
const ENOUGH_EDGES = 60;

/* How wide the edge at `at` is along step: the whole change divided by its steepest part; 0 for no edge. */
function widthAt(data, at, step, room, needed) {
  const slope = data[at + step] - data[at];
  const sign = Math.sign(slope);
  const rise = (from) => (data[from + step] - data[from]) * sign;
  // Each edge counts once, where it is steepest.
  if (rise(at - step) > Math.abs(slope) || rise(at + step) >= Math.abs(slope)) return 0;
  let begin = at;
  let end = at + step;
  for (let i = 0; i < Math.min(room.before, LONGEST_EDGE) && rise(begin - step) > 0; i += 1) begin -= step;
  for (let i = 0; i < Math.min(room.after, LONGEST_EDGE) && rise(end) > 0; i += 1) end += step;
  const change = Math.abs(data[end] - data[begin]);
  return change < needed ? 0 : change / Math.abs(slope);
}

/* The width that a quarter of the edges do not exceed, across (isAcross) or down; undefined when there are few. */
function typicalWidth({ data, width, height }, area, needed, isAcross) {
  const step = isAcross ? 1 : width;
  const widths = [];
  const least = needed / (2 * LONGEST_EDGE);
  for (let y = Math.max(2, area.y); y < Math.min(height - 3, area.y + area.height); y += isAcross ? 2 : 1) {
    for (let x = Math.max(2, area.x); x < Math.min(width - 3, area.x + area.width); x += isAcross ? 1 : 2) {
      const at = y * width + x;
      if (Math.abs(data[at + step] - data[at]) < least) continue;
      const room = isAcross ? { before: x - 1, after: width - x - 3 } : { before: y - 1, after: height - y - 3 };
      const found = widthAt(data, at, step, room, needed);
      if (found > 0) widths.push(found);
    }
  }
  if (widths.length < ENOUGH_EDGES) return undefined;
  return Float32Array.from(widths).sort()[Math.floor(widths.length / 4)];
}

/** How many pixels an edge takes; the worse of both directions, for a shaken picture is soft in one only. */
export function edgeWidth(picture, area) {
  const { low, high } = levels(picture, area);
  const needed = Math.max(18, 0.35 * (high - low));
  const found = [typicalWidth(picture, area, needed, true), typicalWidth(picture, area, needed, false)].filter((width) => width !== undefined);
  return found.length > 0 ? Math.max(...found) : Infinity;
}

/* The part of the picture's width and height within which everything is. */
function filledPart(picture) {
  const [columns, rows] = [24, 18];
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const { low, high } = levels(picture, whole);
  const cells = steepCells(slopes(picture), picture.width, whole, { columns, rows, limit: Math.max(20, 0.2 * (high - low)) });
  const active = [...cells.keys()].filter((i) => cells[i] > 0.03);
  if (active.length === 0) return 1;
  const xs = active.map((i) => i % columns);
  const ys = active.map((i) => Math.floor(i / columns));
  return ((Math.max(...xs) - Math.min(...xs) + 1) / columns) * ((Math.max(...ys) - Math.min(...ys) + 1) / rows);
}

function hasGlare(picture) {
  const area = inset({ x: 0, y: 0, width: picture.width, height: picture.height }, 0.06);
  return glareIn(picture, area, Math.max(2, Math.round(picture.width / 128))) > GLARE;
}

/**
 * What is wrong with a picture: a list of 'small', 'dark', 'pale', 'blurred', 'glare', 'far', in the
 * order in which they should be told. Empty: nothing is.
 * grey: the picture in grey, its longer side JUDGED_SIDE or less; size: {width, height} of the picture
 * itself; isFace: it shows a face, not a document.
 */
export function judge(grey, size, isFace = false) {
  const problems = [];
  const area = inset({ x: 0, y: 0, width: grey.width, height: grey.height }, 0.1);
  const calm = smooth(grey);
  const { low, high } = levels(calm, area);

  if (Math.max(size.width, size.height) < SMALL_SIDE) problems.push('small');
  if (high < DARK) return [...problems, 'dark'];
  const isSharp = edgeWidth(calm, area) <= (isFace ? SOFT_FACE : SOFT_PRINT);
  // A document that is far away is too little of the picture to say more about it.
  if (!isFace && isSharp && filledPart(calm) < FAR_PART) return [...problems, 'far'];
  if (high - low < PALE) return [...problems, 'pale'];
  // Where nothing is sharp, a reflection cannot be told from print.
  if (!isSharp) return [...problems, 'blurred'];
  if (!isFace && hasGlare(halve(grey))) problems.push('glare');
  return problems;
}
