// SPDX-License-Identifier: GPL-3.0-or-later
// The steps that take a picture: tips, the camera or a file, a look at what was taken, submit. What was
// taken stays in memory until the server has it: a lost connection costs no second picture.

import { Failure, upload } from './api.js';
import { actions, button, h, icon, lines, note } from './dom.js';
import { part } from './parts.js';
import { canReadPixels, shrink, Unfit } from './shrink.js';
import { hasCameraApi } from './stream.js';
import { has, t } from './texts.js';

/** A file chooser that is opened by a button; capture asks a phone for its camera. */
function chooser(id, accept, capture, onfile) {
  const input = h('input', {
    type: 'file', id, accept, capture, class: 'away', tabindex: '-1', 'aria-hidden': 'true',
    onchange: () => {
      const [file] = input.files;
      input.value = '';
      if (file) onfile(file);
    },
  });
  return input;
}

function sizeText(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** What was wrong with an upload, in words; nothing when it is not about the file. */
function problemOf(failure) {
  if (!(failure instanceof Failure)) return null;
  if (failure.status === 413) return t('tooLarge');
  return failure.status === 415 || failure.status === 422 ? failure.errors[0]?.message ?? failure.detail : null;
}

/* What the screens of one picture share. step: how the steps differ; kind: of a proof of address. */
class Visit {
  constructor(app, step) {
    this.app = app;
    this.step = step;
  }

  get isPassport() {
    return this.app.step === 'document_front' && this.app.state.document_type === 'passport';
  }

  get title() {
    return t(`${this.app.step}Title${this.isPassport ? 'Passport' : ''}`);
  }

  get canChangeType() {
    return this.step.canChangeType && this.app.state.document_types.length > 1;
  }

  changeType() {
    this.app.detour = 'document_type';
    this.app.walk();
  }

  /* The two file choosers: the phone's own camera app, and the files. Fresh ones for each screen. */
  inputs() {
    const take = (file) => choose(this, file);
    const camera = chooser('camera', 'image/*', this.step.camera, take);
    const files = chooser('file', `image/*${this.step.isFace ? '' : ',application/pdf'}`, null, take);
    return { all: [camera, files], openCamera: () => camera.click(), openFiles: () => files.click() };
  }
}

function tips(visit, problem = null) {
  const { app, step } = visit;
  const inputs = visit.inputs();
  const isOptional = app.state.steps.find((s) => s.id === app.step)?.state === 'optional';
  // Without a live camera, as on a page without TLS, the phone's own takes its place.
  const isLive = hasCameraApi() && canReadPixels();
  if (isLive) loadCamera().catch(() => {});

  app.show(
    app.step,
    visit.title,
    problem ? note(problem, true) : null,
    h('div', { class: 'picture' }, icon(visit.isPassport ? 'passport' : step.picture, 96)),
    lines(step.tips.map(([name, text]) => [name, t(text)])),
    ...inputs.all,
    actions(
      button(t('ready'), isLive ? () => live(visit) : inputs.openCamera, 'main'),
      button(t(step.isFace ? 'uploadSelfie' : 'upload'), inputs.openFiles),
      isOptional ? button(t('skip'), () => { app.skipped.add(app.step); app.walk(); }, 'flat') : null,
      visit.canChangeType ? button(t('changeType'), () => visit.changeType(), 'flat') : null,
    ),
  );
}

function shapeOf({ app, step, isPassport }) {
  if (step.isFace) return 'face';
  if (app.step === 'proof_of_address') return 'page';
  return isPassport ? 'passport' : 'card';
}

/* The camera's modules; many applicants never want them, so they come with the tips at the earliest. */
const loadCamera = () => Promise.all([part('camera'), part('refused')]);

/* Opens the camera. */
async function live(visit) {
  const { app } = visit;
  const heading = document.querySelector('#screen h1');
  let modules;
  try {
    modules = await app.run(loadCamera);
  } catch (failure) {
    app.fail(failure, () => live(visit));
    return;
  }
  if (!heading.isConnected) return;
  const [{ camera }, { problemOf: problemOfCamera, refused }] = modules;
  const inputs = visit.inputs();
  camera(app, {
    title: visit.title,
    shape: shapeOf(visit),
    facing: visit.step.camera,
    inputs: inputs.all,
    ontake: (shot) => review(visit, { ...shot, isLive: true }),
    onupload: inputs.openFiles,
    onclose: () => tips(visit),
    onproblem: (error) => {
      const others = visit.inputs();
      refused(app, problemOfCamera(error), {
        inputs: others.all, app: others.openCamera, upload: others.openFiles, again: () => live(visit), back: () => tips(visit),
      });
    },
  });
}

/* Takes a chosen file. */
async function choose(visit, file) {
  const heading = document.querySelector('#screen h1');
  try {
    const shot = await visit.app.run(() => shrink(file, visit.step.isFace === true));
    if (heading.isConnected) review(visit, shot);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    if (heading.isConnected) tips(visit, t(error.reason));
  }
}

/* What is wrong with the picture, and what to do about it. It never stops anybody. */
function qualityNote(app, problems) {
  if (problems.length === 0) return null;
  const list = h('ul', {}, ...problems.map((problem) => h('li', { 'data-problem': problem }, t(`quality${problem[0].toUpperCase()}${problem.slice(1)}`))));
  const text = h('p', {}, t(app.state.is_sandbox ? 'lowQualitySandbox' : 'lowQuality'));
  return h('div', { class: 'note quality' }, icon('warning', 22), h('div', {}, text, list));
}

function viewOf(visit, shot, url) {
  if (shot.isPdf) return h('p', {}, t('isPdf', { size: sizeText(shot.blob.size) }));
  return h('img', { src: url, alt: has(`${visit.app.step}Alt`) ? t(`${visit.app.step}Alt`) : '' });
}

/* Shows what was taken; isSent: it was submitted before and goes on being sent. */
function review(visit, shot, isSent = false) {
  const { app, step } = visit;
  const url = URL.createObjectURL(shot.blob);
  const message = h('div', {});
  const bar = h('progress', { max: '1', value: '0', 'aria-label': t('sending') });
  const percent = h('p', { class: 'quiet' }, t('sending'));
  const sending = h('div', { hidden: true }, percent, bar);
  const submit = () => send(visit, shot, { message, sending, onprogress: (part) => {
    bar.value = part;
    percent.textContent = t('sendingPercent', { percent: Math.round(part * 100) });
  } });

  app.show(
    `${app.step}_review`,
    t('reviewTitle'),
    h('p', {}, t(step.isFace ? 'reviewLeadSelfie' : 'reviewLead')),
    h('div', { class: 'picture taken' }, viewOf(visit, shot, url)),
    qualityNote(app, shot.problems),
    message,
    sending,
    actions(
      button(t('submitPhoto'), submit, 'main'),
      button(t('retakePhoto'), () => (shot.isLive ? live(visit) : tips(visit))),
      visit.canChangeType ? button(t('changeType'), () => visit.changeType(), 'flat') : null,
    ),
  );
  app.onleave = () => {
    app.onleave = null;
    URL.revokeObjectURL(url);
  };
  if (isSent) submit();
}

/* Shows what the failure means. When no answer came, the picture goes again once there is a network. */
function failSending(app, failure, again) {
  if (app.fail(failure, again)) return true;
  if (failure.status !== 0) return false;
  const leave = () => {
    app.onleave = null;
    window.removeEventListener('online', again);
  };
  window.addEventListener('online', again, { once: true });
  app.onleave = leave;
  return false;
}

async function send(visit, shot, { message, sending, onprogress }) {
  const { app, step } = visit;
  message.replaceChildren();
  sending.hidden = false;
  try {
    await app.run(() => upload(step.path, shot.blob, step.form, onprogress));
  } catch (failure) {
    const problem = problemOf(failure);
    sending.hidden = true;
    if (problem) {
      message.replaceChildren(note(problem, true));
      return;
    }
    if (!failSending(app, failure, () => review(visit, shot, true))) return;
  }
  await app.refresh();
}

/** The screens of one picture step, made from how the steps differ. */
export function picture(step) {
  return (app) => tips(new Visit(app, step));
}
