// SPDX-License-Identifier: GPL-3.0-or-later
// The step that asks for three movements. The camera, if there is one that may be used, is a mirror
// for the applicant: nothing of it is recorded or sent, and it is off on every other screen.

import { challenges, send } from './api.js';
import { actions, button, h, icon, lines } from './dom.js';
import { closeStream, hasCameraApi, openStream } from './stream.js';
import { t } from './texts.js';

const isMovement = (name) => /^liveness_\d$/.test(name);

/** A mirror, or a drawing for as long as there is none. It is off while nobody looks at the page. */
function openMirror(app) {
  const drawing = icon('face', 96);
  const place = h('div', { class: 'picture' }, drawing);
  let stream = null;
  let isOver = false;
  const close = () => {
    closeStream(stream);
    stream = null;
    place.replaceChildren(drawing);
  };
  const open = async () => {
    const opened = await openStream({ facing: 'user' });
    if (isOver || stream !== null || document.visibilityState === 'hidden') {
      closeStream(opened);
      return;
    }
    stream = opened;
    const video = h('video', { 'aria-hidden': 'true', playsinline: true });
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    place.replaceChildren(video);
  };
  // No camera, or no leave to use it: the drawing stays and the step goes on as well.
  const look = () => {
    if (document.visibilityState === 'hidden') close();
    else if (stream === null && hasCameraApi()) open().catch(close);
  };

  document.addEventListener('visibilitychange', look);
  app.onleave = (name) => {
    if (isMovement(name)) return;
    isOver = true;
    app.onleave = null;
    document.removeEventListener('visibilitychange', look);
    close();
  };
  look();
  return place;
}

function cannot(app) {
  app.show(
    'liveness_cannot',
    t('cannotTitle'),
    h('p', {}, t('cannotText')),
    h('p', {}, t('cannotOther')),
    actions(button(t('livenessOther'), () => begin(app))),
  );
}

function movement(app, asked, number, mirror) {
  const total = asked.challenges.length;
  const next = () => {
    if (number < total) movement(app, asked, number + 1, mirror);
    else app.advance(() => send('/liveness', asked));
  };
  app.show(
    `liveness_${number}`,
    t(asked.challenges[number - 1]),
    h('p', { class: 'quiet' }, t('livenessCount', { number, total })),
    mirror,
    actions(
      button(t('livenessDone'), next, 'main'),
      button(t('livenessCannot'), () => cannot(app), 'flat'),
    ),
  );
}

async function begin(app) {
  let asked;
  try {
    asked = await app.run(challenges);
  } catch (failure) {
    if (app.fail(failure, () => begin(app))) await app.refresh();
    return;
  }
  movement(app, asked, 1, openMirror(app));
}

/** The step `liveness`. */
export function liveness(app) {
  app.show(
    'liveness',
    t('livenessTitle'),
    h('p', {}, t('livenessLead')),
    lines([['camera', t('livenessCamera')]]),
    app.state.is_sandbox ? h('p', {}, t('livenessSandbox')) : null,
    actions(
      button(t('livenessStart'), () => begin(app), 'main'),
      button(t('livenessCannot'), () => cannot(app), 'flat'),
    ),
  );
}
