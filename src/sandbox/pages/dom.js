// SPDX-License-Identifier: GPL-3.0-or-later
// Makes elements. Text is always text: nothing here or elsewhere in the page reads markup.

const SVG = 'http://www.w3.org/2000/svg';

/** h('p', {class: 'x', onclick: f}, 'text', otherElement, null) → an element. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Drawn for this page on a 24 × 24 grid, stroked in the text's colour.
const PATHS = {
  document: 'M3 6.5h18v11H3zM6 15c.4-1.6 1.4-2.3 2.5-2.3S10.6 13.4 11 15M8.5 9a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4M14 10h4.5M14 13h3',
  back: 'M3 6.5h18v11H3zM3 9.5h18M6 13v2.5M8 13v2.5M10.5 13v2.5M12.5 13v2.5M15.5 13v2.5M18 13v2.5',
  passport: 'M6 3h12v18H6zM12 7.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M8.5 11h7M12 7.5c-1.7 2.3-1.7 4.7 0 7 1.7-2.3 1.7-4.7 0-7M9.5 18h5',
  face: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M12 6.5c2.5 0 4 2 4 4.7 0 3.3-1.8 6.3-4 6.3s-4-3-4-6.3c0-2.7 1.5-4.7 4-4.7M10.5 11v.3M13.5 11v.3M10.5 14c1 .8 2 .8 3 0',
  house: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9M10.5 19v-5h3v5',
  form: 'M5 4h14v16H5zM8 8.5h8M8 12h8M8 15.5h5',
  time: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.5l3 2',
  chevron: 'M14.5 5.5 8 12l6.5 6.5',
  globe: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M3.5 12h17M12 3.5c-4.6 5-4.6 12 0 17 4.6-5 4.6-12 0-17',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  done: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M8 12.3l2.8 2.7L16 9.5',
  light: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4',
  upload: 'M12 16V5M8 9l4-4 4 4M5 15v4h14v-4',
  warning: 'M12 4 21 20H3zM12 10v4.5M12 17v.3',
  broken: 'M9.5 14.5 7.5 16.5a3 3 0 0 1-4.2-4.2l2.5-2.5M14.5 9.5l2-2a3 3 0 0 1 4.2 4.2l-2.5 2.5M9 5.5 8.5 3.5M15 18.5l.5 2M5.5 9 3.5 8.5M18.5 15l2 .5',
  noCamera: 'M4 8h2.5M9 5.5h6L16.5 8H20v9.5M17.5 19H4V8M3.5 3.5l17 17M10 11.3a3.2 3.2 0 0 0 4.2 4.3',
  torch: 'M13 3 6.5 13.5H12L11 21l6.5-10.5H12z',
  flip: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4.5V9h-4.5M20 12a8 8 0 0 1-14 5.3L4 15M4 19.5V15h4.5',
  timer: 'M12 6.5a7 7 0 1 1 0 14 7 7 0 0 1 0-14M12 9.5V13.5l2.5 1.5M10 3h4',
};

/** A picture beside words that say the same, so hidden from screen readers. */
export function icon(name, size = 24) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24', width: size, height: size, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', focusable: 'false',
  })) svg.setAttribute(key, value);
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button; kind is 'main', 'flat' or nothing. */
export function button(text, onclick, kind = '', attributes = {}) {
  return h('button', { type: 'button', class: kind || null, onclick, ...attributes }, text);
}

/** The row of buttons at the lower edge of a screen. */
export function actions(...children) {
  return h('div', { class: 'actions' }, ...children);
}

/** A list of lines, each with a small picture: [['light', 'Good light'], …]. */
export function lines(items) {
  return h('ul', { class: 'plain' }, ...items.map(([name, text]) => h('li', {}, icon(name), h('span', {}, text))));
}

/** A box that says something in passing, read out when the screen reader has time. */
export function info(text) {
  return h('div', { class: 'note info', role: 'status' }, icon('done', 22), h('p', {}, text));
}

/** A box that warns, or tells what went wrong and is then read out at once. */
export function note(text, bad = false) {
  return h('div', { class: bad ? 'note bad' : 'note', role: bad ? 'alert' : null }, icon('warning', 22), h('p', {}, text));
}
