// SPDX-License-Identifier: GPL-3.0-or-later
// Tells from small grey frames whether a document lies in the guide and rests there. Nothing here
// knows a browser or a clock: frames and their times come in, a hint and "now" go out.
//
// A document is: an edge along each side of the guide, roughly where the guide is; edges that end at
// the corners (a floor's tiles go on); something printed inside. It rests when the print has not moved
// against what it was a fifth of a second ago, for long enough.

import { glareIn, inset, levels, slopes, smooth, steepCells } from './grey.js';

/** How wide the guide should be in the frames that are given to look(). */
export const GUIDE_WIDTH = 160;

const STRIPS = 10;
// How far an edge may be from the guide's side, how much it may lean over its length: parts of the guide's width.
const TOLERANCE = 0.11;
const LEAN = 0.06;
// An edge in one strip, in grey levels over two pixels, and where more of it counts no more.
const FAINT = 5;
const CLEAR = 24;
const DARK = 85;
const GLARE = 0.01;
const REACH = 3;

/* A side of the guide: along runs from `start` over `length`, across is counted from the picture's rim. */
function sidesOf(guide, { width, height }) {
  const flat = { along: 1, across: width, start: guide.x, length: guide.width, limit: height, inward: 1 };
  const steep = { along: width, across: 1, start: guide.y, length: guide.height, limit: width, inward: 1 };
  return {
    top: { ...flat, at: guide.y },
    bottom: { ...flat, at: guide.y + guide.height, inward: -1 },
    left: { ...steep, at: guide.x },
    right: { ...steep, at: guide.x + guide.width, inward: -1 },
  };
}

/* How strong the edge is between from and to (along), at one distance across. */
function strength(data, side, from, to, across) {
  let sum = 0;
  for (let along = from; along < to; along += 1) {
    const at = along * side.along + across * side.across;
    sum += data[at + side.across] - data[at - side.across];
  }
  return Math.abs(sum) / Math.max(1, to - from);
}

function medianOf(values) {
  return Float32Array.from(values).sort()[values.length >> 1];
}

/* The strengths of a side, strip by strip over the distances where its edge may be. */
function profileOf(data, side, tolerance) {
  const first = Math.max(1, Math.round(side.at - tolerance));
  const last = Math.min(side.limit - 2, Math.round(side.at + tolerance));
  const trimmed = side.length * 0.1;
  const strips = [];
  for (let strip = 0; strip < STRIPS; strip += 1) {
    const from = Math.round(side.start + trimmed + ((side.length - 2 * trimmed) * strip) / STRIPS);
    const to = Math.round(side.start + trimmed + ((side.length - 2 * trimmed) * (strip + 1)) / STRIPS);
    const values = new Float32Array(Math.max(0, last - first + 1));
    for (let i = 0; i < values.length; i += 1) values[i] = strength(data, side, from, to, first + i);
    // Texture makes every distance strong; an edge stands out of what is beside it.
    strips.push({ values, needed: Math.max(FAINT, 2.2 * medianOf(values)) });
  }
  return { first, strips };
}

const place = (begin, end, strip) => (begin + ((end - begin) * (strip + 0.5)) / STRIPS + 0.5) | 0;

/* The straight line with the most edge along it: {begin, end, support 0 to 1, same}. */
function findSide(data, side, guide) {
  const { first, strips } = profileOf(data, side, guide.width * TOLERANCE);
  const count = strips[0].values.length;
  const lean = Math.round(guide.width * LEAN * (side.length / guide.width));
  let best = { sum: -1, begin: 0, end: 0 };
  for (let begin = 0; begin < count; begin += 1) {
    for (let end = Math.max(0, begin - lean); end < Math.min(count, begin + lean + 1); end += 1) {
      let sum = 0;
      for (let strip = 0; strip < STRIPS; strip += 1) {
        const value = strips[strip].values[place(begin, end, strip)];
        sum += value < CLEAR ? value : CLEAR;
      }
      if (sum > best.sum) best = { sum, begin, end };
    }
  }
  const along = strips.map(({ values }, strip) => values[place(best.begin, best.end, strip)]);
  return {
    begin: first + best.begin,
    end: first + best.end,
    support: strips.filter(({ needed }, strip) => along[strip] >= needed).length / STRIPS,
    // What counts as more of the same edge.
    same: Math.max(medianOf(strips.map((strip) => strip.needed)), medianOf(along) / 2),
  };
}

/* At how many of the eight ends the edges go on past the corners, of those that can be seen. */
function countLooseEnds(data, sides, lines, guide) {
  let loose = 0;
  let seen = 0;
  const middle = (name) => (lines[name].begin + lines[name].end) / 2;
  const look = (name, from, to, across) => {
    const side = sides[name];
    if (to - from < 5 || across < 2 || across > side.limit - 3) return;
    seen += 1;
    const near = [-1, 0, 1].map((by) => strength(data, side, from, to, across + by));
    if (Math.max(...near) >= lines[name].same) loose += 1;
  };
  for (const [name, before, after] of [['top', 'left', 'right'], ['bottom', 'left', 'right'], ['left', 'top', 'bottom'], ['right', 'top', 'bottom']]) {
    const low = Math.floor(middle(before)) - 3;
    const high = Math.ceil(middle(after)) + 3;
    // Above a passport's photo page lies the other page: its sides go on there.
    const isFold = guide.hasFold && before === 'top';
    if (!isFold) look(name, Math.max(0, low - 12), low, Math.round(lines[name].begin));
    look(name, high, Math.min(sides[before].limit, high + 12), Math.round(lines[name].end));
  }
  return seen === 0 ? 0 : loose / seen;
}

/* What is between the four lines, straightened. */
function boxOf(lines) {
  const x = Math.round((lines.left.begin + lines.left.end) / 2);
  const y = Math.round((lines.top.begin + lines.top.end) / 2);
  const right = Math.round((lines.right.begin + lines.right.end) / 2);
  const bottom = Math.round((lines.bottom.begin + lines.bottom.end) / 2);
  return { x, y, width: Math.max(8, right - x), height: Math.max(8, bottom - y) };
}

/* How much of the box is printed on: the part of its cells with something in them. */
function printedPart(steepness, width, box, limit) {
  const cells = steepCells(steepness, width, inset(box, 0.08), { columns: 8, rows: 5, limit });
  return cells.filter((part) => part >= 0.06).length / cells.length;
}

/* Whether something stands alone in the guide's middle and is too small for it. */
function isFar(steepness, frame, guide, limit) {
  const columns = 20;
  const rows = 14;
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const cells = steepCells(steepness, frame.width, whole, { columns, rows, limit });
  const active = [...cells.keys()].filter((i) => cells[i] >= 0.06);
  if (active.length < 4) return false;
  const xs = active.map((i) => i % columns);
  const ys = active.map((i) => Math.floor(i / columns));
  const wide = ((Math.max(...xs) - Math.min(...xs) + 1) / columns) * frame.width;
  const high = ((Math.max(...ys) - Math.min(...ys) + 1) / rows) * frame.height;
  const filled = active.length / ((Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1));
  return filled > 0.4 && wide < guide.width * 0.85 && high < guide.height * 0.9 && wide > guide.width * 0.2;
}

/** Looks at one frame. guide: where the guide is in it, and whether it is for a page that is folded above (hasFold). */
export function look(frame, guide) {
  const calm = smooth(frame);
  const { low, high } = levels(calm, guide);
  const steepness = slopes(calm);
  const limit = Math.max(12, 0.12 * (high - low));
  const sides = sidesOf(guide, frame);
  const lines = {};
  for (const name of Object.keys(sides)) lines[name] = findSide(calm.data, sides[name], guide);
  const supports = Object.values(lines).map((line) => line.support).sort((a, b) => a - b);
  return {
    calm,
    steepness,
    limit,
    isDark: high < DARK,
    isGlaring: glareIn(frame, guide, REACH) > GLARE,
    // The fold of an open passport is a weak edge: one side of four may be so.
    weakest: supports[0],
    second: supports[1],
    loose: countLooseEnds(calm.data, sides, lines, guide),
    printed: printedPart(steepness, frame.width, boxOf(lines), limit),
    isFar: isFar(steepness, frame, guide, limit),
  };
}

/** Whether a frame shows a document; once it does, the next may be a little worse. */
export function isDocument(sight, before = false) {
  const ease = before ? 0.2 : 0;
  return sight.weakest >= 0.5 - ease && sight.second >= 0.7 - ease && sight.loose < 0.5 + ease && sight.printed >= 0.25 - ease / 2;
}

/** About how many pixels the print moved between two sights. Light that changes alike everywhere is no movement. */
export function shiftBetween(before, now, area) {
  const { width } = now.calm;
  let count = 0;
  let drift = 0;
  const each = (work) => {
    for (let y = area.y; y < area.y + area.height; y += 1) {
      for (let at = y * width + area.x; at < y * width + area.x + area.width; at += 1) if (now.steepness[at] >= 2 * now.limit || before.steepness[at] >= 2 * now.limit) work(at);
    }
  };
  each((at) => { count += 1; drift += now.calm.data[at] - before.calm.data[at]; });
  if (count < 20) return 0;
  drift /= count;
  let change = 0;
  let slope = 0;
  each((at) => {
    change += Math.abs(now.calm.data[at] - before.calm.data[at] - drift);
    slope += (now.steepness[at] + before.steepness[at]) / 4;
  });
  return change / slope;
}

const AGO_MS = 180;
const REST_MS = 450;
const MOVED = 0.45;
// A lost frame or two are no lost document; a reflection that stays is the applicant's choice.
const LOST_MS = 150;
const GLARE_PATIENCE_MS = 4000;

/** Follows the frames of one camera and one guide. */
export class Watch {
  constructor(guide) {
    this.guide = guide;
    this.reset();
  }

  /** Forgets what it saw, as after a picture. */
  reset() {
    this.sights = [];
    this.seenAt = null;
    this.restSince = null;
    this.glareSince = null;
  }

  /**
   * Takes the next frame; time in ms, from any start.
   * Gives {hint: 'place' | 'far' | 'dark' | 'glare' | 'still', isReady}: isReady once a document rests.
   */
  add(frame, time) {
    const sight = look(frame, this.guide);
    const isSeen = isDocument(sight, this.seenAt !== null);
    const before = this.sights.filter((old) => old.time <= time - AGO_MS).pop();
    const isResting = before !== undefined && shiftBetween(before, sight, this.guide) < MOVED;

    this.sights = [...this.sights.filter((old) => old.time > time - 2 * AGO_MS), { ...sight, time }];
    if (isSeen) this.seenAt = time;
    else if (this.seenAt !== null && time - this.seenAt > LOST_MS) this.seenAt = null;
    if (this.seenAt === null || !isResting) this.restSince = null;
    else if (isSeen) this.restSince ??= time;
    if (!sight.isGlaring || this.seenAt === null) this.glareSince = null;
    else this.glareSince ??= time;

    const isPatient = this.glareSince !== null && time - this.glareSince < GLARE_PATIENCE_MS;
    return {
      hint: this.hintFor(sight),
      isReady: isSeen && !sight.isDark && !isPatient && this.restSince !== null && time - this.restSince >= REST_MS - AGO_MS,
    };
  }

  hintFor(sight) {
    if (sight.isDark) return 'dark';
    if (this.seenAt !== null) return sight.isGlaring ? 'glare' : 'still';
    return sight.isFar ? 'far' : 'place';
  }
}
