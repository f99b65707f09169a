// SPDX-License-Identifier: GPL-3.0-or-later
// Which module has which screen. All but the first screen's are loaded once that stands, so that the
// page is there soon, and nothing has to be loaded any more when the connection is lost.

import { Failure } from './api.js';
import { lang } from './texts.js';

const HOMES = {
  document_type: 'document-type',
  country: 'document-type',
  document_front: 'screens',
  document_back: 'screens',
  selfie: 'screens',
  liveness: 'screens',
  proof_of_address: 'screens',
  fields: 'fields',
  kept: 'kept',
  complete: 'finish',
  outcome: 'finish',
  done: 'finish',
};

/** The steps there are screens for. Another one ends the walk. */
export const STEPS = ['consent', ...Object.keys(HOMES).filter((name) => !['country', 'kept', 'done'].includes(name))];

let attempt = 0;

/** A module of the page. A browser remembers that one could not be loaded: asked again, it gets another name. */
export async function part(name) {
  try {
    return await import(`./${name}.js`);
  } catch {
    attempt += 1;
  }
  try {
    return await import(`./${name}.js?${attempt}`);
  } catch {
    throw new Failure(0, 'offline', '', []);
  }
}

let camera = null;

/* What the screens of pictures look like. */
function cameraStyle() {
  camera ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/verify/assets/camera.css';
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      camera = null;
      reject(new Failure(0, 'offline', '', []));
    };
    document.head.append(link);
  });
  return camera;
}

/* A module, and what its screens need to be seen. */
async function whole(name) {
  const [module] = await Promise.all([part(name), name === 'screens' ? cameraStyle() : null]);
  return module;
}

/** The function that shows a screen. */
export async function screenOf(name) {
  const { screens } = await whole(HOMES[name]);
  return screens[name];
}

/** Loads what the steps will need, when the browser has nothing else to do. */
export function loadAhead(steps) {
  const names = new Set(['ends', 'kept', 'finish', 'problems', `places-${lang}`, ...steps.map((step) => HOMES[step.id]).filter(Boolean)]);
  const load = () => names.forEach((name) => whole(name).catch(() => {}));
  if (window.requestIdleCallback) requestIdleCallback(load, { timeout: 2000 });
  else setTimeout(load, 300);
}
