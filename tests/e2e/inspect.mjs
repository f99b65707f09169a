// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at the page that is shown as an accessibility checker would, and gives a list of complaints:
// names, headings and focus, contrast (WCAG 2.2 AA), size of what is pressed, nothing cut off.

function examine() {
  const complaints = [];
  const say = (text, element) => complaints.push(element ? `${text}: <${element.tagName.toLowerCase()}> ${(element.textContent || element.id).trim().slice(0, 40)}` : text);
  const isMark = (element) => ['checkbox', 'radio'].includes(element.type);
  const visible = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.classList.contains('away');

  const parse = (color) => {
    const numbers = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };

  if (!document.documentElement.lang) say('the page has no language');
  if (!document.title.trim()) say('the page has no title');
  if (document.documentElement.scrollWidth > window.innerWidth) say(`the page is ${document.documentElement.scrollWidth} wide in a window of ${window.innerWidth}`);
  const styled = [...document.querySelectorAll('[style]')].filter((element) => element.id !== 'bar' && element.getAttribute('style'));
  if (styled.length > 0 || document.querySelector('script:not([src]), [onclick], [onload]')) say('inline style or script');

  const headings = [...document.querySelectorAll('h1')];
  if (headings.length !== 1) say(`${headings.length} main headings`);
  const focused = document.activeElement;
  if (focused !== headings[0] && !document.querySelector('#screen')?.contains(focused)) say('the focus is not on the screen');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  if (new Set(ids).size !== ids.length) say('an id is there twice');

  for (const element of document.querySelectorAll('button, a[href], input, select, summary')) {
    if (!visible(element)) continue;
    const label = element.labels?.[0]?.textContent ?? element.textContent;
    if (!(element.getAttribute('aria-label') ?? label).trim()) say('a control without a name', element);
    const box = (isMark(element) ? element.labels[0] : element).getBoundingClientRect();
    if (box.height < 44 || box.width < 44) say(`only ${Math.round(box.width)} × ${Math.round(box.height)}`, element);
  }
  for (const image of document.querySelectorAll('img')) if (!image.alt) say('a picture without words', image);
  for (const svg of document.querySelectorAll('svg')) if (svg.getAttribute('aria-hidden') !== 'true') say('a drawing is read out', svg.parentElement);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(element) || element.closest('script, noscript, :disabled')) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = contrast(parse(style.color).rgb, ground(element));
    if (ratio < needed) say(`contrast ${ratio.toFixed(2)}`, element);
    if (size < 14) say(`text of ${size} px`, element);
  }
  for (const element of document.querySelectorAll('button:enabled:not(.flat), input:enabled, select')) {
    if (!visible(element) || isMark(element)) continue;
    const style = getComputedStyle(element);
    const ratio = contrast(parse(style.borderTopColor).rgb, ground(element.parentElement));
    if (ratio < 3) say(`border's contrast ${ratio.toFixed(2)}`, element);
  }

  const sandbox = document.querySelector('#sandbox');
  const ended = ['unknown', 'expired', 'replaced', 'finished', 'offline', 'failed'].includes(document.querySelector('#screen').dataset.screen);
  if (!ended && !(visible(sandbox) && sandbox.textContent.trim())) say('the sandbox\'s strip is not to be seen');
  return complaints;
}

/** Complaints about the page as it is now; none is good. */
export async function inspect(page) {
  return page.evaluate(examine);
}
