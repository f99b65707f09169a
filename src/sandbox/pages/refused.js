// SPDX-License-Identifier: GPL-3.0-or-later
// No camera: why, in words for the browser at hand, and the ways that are left.

import { actions, button, h, icon } from './dom.js';
import { t } from './texts.js';

/** What an error of getUserMedia means: 'refused', 'missing', 'busy' or 'failed'. */
export function problemOf(error) {
  switch (error?.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** The browser by its name for itself, as far as the way to its camera switch differs. */
export function browserOf(agent) {
  const isApple = /iPhone|iPad|iPod/.test(agent);
  if (isApple) return /CriOS|FxiOS|EdgiOS|OPT\/|GSA\//.test(agent) ? 'IosApp' : 'Safari';
  if (/SamsungBrowser/.test(agent)) return 'Samsung';
  if (/Firefox/.test(agent)) return 'Firefox';
  if (/Chrome|Chromium/.test(agent) && !/; wv\)/.test(agent)) return 'Chrome';
  return 'Other';
}

const isPhone = () => matchMedia('(pointer: coarse)').matches;

/**
 * Says what is wrong with the camera. ways: again() tries the camera once more, app() opens the
 * phone's own camera app, which needs no permission of the page, upload() opens the files, back() goes back.
 */
export function refused(app, problem, ways) {
  const name = `camera${problem[0].toUpperCase()}${problem.slice(1)}`;
  app.show(
    `${app.step}_no_camera`,
    t(`${name}Title`),
    h('div', { class: 'picture small' }, icon('noCamera', 72)),
    h('p', {}, t(`${name}Text`)),
    problem === 'refused' ? h('p', { class: 'how' }, t(`cameraAllow${browserOf(navigator.userAgent)}`)) : null,
    h('p', { class: 'quiet' }, t(isPhone() ? 'cameraWaysPhone' : 'cameraWays')),
    ...ways.inputs,
    actions(
      isPhone() ? button(t('cameraApp'), ways.app, 'main') : null,
      button(t('upload'), ways.upload, isPhone() ? '' : 'main'),
      button(t('tryAgain'), ways.again),
      button(t('back'), ways.back, 'flat'),
    ),
  );
}
