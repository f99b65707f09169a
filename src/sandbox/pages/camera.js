// SPDX-License-Identifier: GPL-3.0-or-later
// The live camera: the picture with a guide over it, Auto or Manual, the shutter. Auto takes the
// picture when seen.js says that a document rests in the guide and the picture is sharp; never by time.

import { button, h, icon } from './dom.js';
import { greyOf, grow, toVideo } from './grey.js';
import { GUIDE_WIDTH, Watch } from './seen.js';
import { canvasOf, snap } from './shrink.js';
import { closeStream, eachFrame, hasTorch, keepFocused, listCameras, openStream, setTorch } from './stream.js';
import { t } from './texts.js';

const SVG = 'http://www.w3.org/2000/svg';
const FRAME_MS = 62;
// How much around the guide is looked at, and taken: parts of its width.
const SEEN_MARGIN = 0.14;
const TAKEN_MARGIN = 0.1;
// A hint stays long enough to be read, and to be read out.
const HINT_MS = 900;
// After that long without a document, and after that many pictures that were not sharp, Auto gives in.
const SLOW_MS = 12000;
const MAX_BLURRED = 3;
const PAUSE_MS = 350;
const TIMER_S = 3;
const LEAST_SELFIE = 480;

// Millimetres: ID-1 is a card, ID-3 a passport's page; a face is a little taller than wide.
const SHAPES = {
  card: { width: 85.6, height: 54, radius: 3.2 },
  passport: { width: 125, height: 88, radius: 3.2, hasFold: true },
  page: { width: 210, height: 297, radius: 2 },
  face: { width: 150, height: 200 },
};

// Kept from the front to the back: who switched to Manual wants it there, too.
let isAutoWanted = true;

const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/* The guide: an opening in a shade, as a drawing that scales with the stage. */
function guideOf({ width, height, radius }) {
  const make = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const opening = radius
    ? `M${radius} 0H${width - radius}a${radius} ${radius} 0 0 1 ${radius} ${radius}V${height - radius}a${radius} ${radius} 0 0 1 -${radius} ${radius}H${radius}a${radius} ${radius} 0 0 1 -${radius} -${radius}V${radius}a${radius} ${radius} 0 0 1 ${radius} -${radius}z`
    : `M0 ${height / 2}a${width / 2} ${height / 2} 0 1 1 ${width} 0a${width / 2} ${height / 2} 0 1 1 -${width} 0z`;
  const line = make('path', { d: opening, class: 'line' });
  const svg = make('svg', { viewBox: `0 0 ${width} ${height}`, class: 'guide', 'aria-hidden': 'true', focusable: 'false' });
  svg.append(make('path', { d: `M-5000 -5000H5000V5000H-5000z${opening}`, 'fill-rule': 'evenodd', class: 'shade' }), line);
  return { svg, line };
}

/* A round button with a drawing; its name is for those who do not see it, and for the pointer. */
function round(name, drawing, onclick, attributes = {}) {
  return h('button', { type: 'button', class: 'round', 'aria-label': t(name), title: t(name), onclick, ...attributes }, icon(drawing, 26));
}

/* One camera screen, from when it is shown until another one is. */
class CameraScreen {
  constructor(app, options) {
    this.app = app;
    this.options = options;
    this.isFace = options.shape === 'face';
    this.isAuto = !this.isFace && isAutoWanted;
    this.hasTimer = false;
    this.stream = null;
    this.cameras = [];
    this.blurred = 0;
    this.isOver = false;
    this.build();
  }

  build() {
    const shape = SHAPES[this.options.shape];
    const { svg, line } = guideOf(shape);
    this.line = line;
    this.video = h('video', { 'aria-hidden': 'true', playsinline: true });
    this.video.muted = true;
    this.hint = h('p', { class: 'hint', role: 'status' });
    this.count = h('p', { class: 'count', 'aria-hidden': 'true' });
    this.stage = h('div', { class: 'stage', 'data-hint': 'opening' }, this.video, svg, this.hint, this.count, h('div', { class: 'flash', 'aria-hidden': 'true' }));
    this.torch = round('cameraTorch', 'torch', () => this.toggleTorch(), { 'aria-pressed': 'false', hidden: true });
    this.flip = round('cameraSwitch', 'flip', () => this.switchCamera(), { hidden: true });
    this.timer = this.isFace ? round('cameraTimer', 'timer', () => this.toggleTimer(), { 'aria-pressed': 'false' }) : null;
    this.shutter = h('button', { type: 'button', class: 'shutter', 'aria-label': t('cameraShoot'), title: t('cameraShoot'), disabled: true, onclick: () => this.press() }, h('span', {}));
  }

  show(title) {
    this.app.show(
      `${this.app.step}_camera`,
      title,
      round('cameraClose', 'cross', () => this.options.onclose(), { class: 'round flat close' }),
      this.stage,
      this.isFace ? null : this.switchOfModes(),
      h(
        'div',
        { class: 'bar' },
        h('div', { class: 'side' }, this.timer, this.torch, this.flip),
        this.shutter,
        h('div', { class: 'side end' }, h('button', { type: 'button', class: 'flat upload', onclick: this.options.onupload }, icon('upload', 26), h('span', {}, t('cameraUpload')))),
      ),
      ...this.options.inputs,
    );
    document.body.classList.add('with-camera');
    this.app.onleave = () => {
      this.app.onleave = null;
      this.leave();
    };
  }

  /* Radio buttons, so that arrow keys and screen readers know them. */
  switchOfModes() {
    const mode = (name, isAuto) => h(
      'label',
      {},
      h('input', { type: 'radio', name: 'mode', value: name, checked: this.isAuto === isAuto, onchange: () => this.setAuto(isAuto) }),
      h('span', {}, t(isAuto ? 'cameraAuto' : 'cameraManual')),
    );
    return h('fieldset', { class: 'modes' }, h('legend', { class: 'away' }, t('cameraMode')), mode('auto', true), mode('manual', false));
  }

  /* Everything that must not outlive the screen ends here. */
  leave() {
    this.isOver = true;
    this.close();
    clearInterval(this.counting);
    document.removeEventListener('visibilitychange', this.onvisibility);
    document.body.classList.remove('with-camera');
  }

  close() {
    this.asked = null;
    this.endFrames?.();
    this.endFrames = null;
    this.stopCounting();
    closeStream(this.stream);
    this.stream = null;
    this.video.srcObject = null;
    this.shutter.disabled = true;
  }

  /** Opens the camera, and again whenever the page is looked at after it was not. */
  async start() {
    this.onvisibility = () => {
      if (document.visibilityState === 'hidden') this.close();
      else if (this.stream === null) this.open();
    };
    document.addEventListener('visibilitychange', this.onvisibility);
    await this.open();
  }

  async open(deviceId) {
    // The browser may ask for as long as it likes: an answer counts only if nothing happened meanwhile.
    const asked = Symbol('asked');
    this.asked = asked;
    this.say('opening', true);
    try {
      const stream = await openStream({ facing: this.options.facing, deviceId });
      if (this.asked !== asked) {
        closeStream(stream);
        return;
      }
      this.stream = stream;
      await this.play();
    } catch (error) {
      // Playing is broken off when the camera is closed at once; that is no failure.
      if (this.asked === asked) this.options.onproblem(error);
    }
  }

  async play() {
    const [track] = this.stream.getVideoTracks();
    const { facingMode = this.options.facing } = track.getSettings();
    this.video.classList.toggle('mirror', facingMode === 'user');
    track.onended = () => { if (!this.isOver) this.options.onproblem(new DOMException('', 'NotReadableError')); };
    this.video.srcObject = this.stream;
    await this.video.play();
    keepFocused(track);
    this.torch.hidden = !hasTorch(track);
    this.torch.setAttribute('aria-pressed', 'false');
    this.shutter.disabled = false;
    this.watch = null;
    this.blurred = 0;
    this.since = performance.now();
    this.say(this.isFace ? 'face' : this.isAuto ? 'place' : 'manual', true);
    this.endFrames = eachFrame(this.video, FRAME_MS, (now) => this.lookAt(now));
    this.cameras = await listCameras();
    this.flip.hidden = this.cameras.length < 2;
  }

  /* Where the guide is in the video. Asked for anew each time: phones are turned, fonts grow. */
  place() {
    const stage = this.stage.getBoundingClientRect();
    const guide = this.line.getBoundingClientRect();
    const video = { width: this.video.videoWidth, height: this.video.videoHeight };
    if (video.width === 0 || stage.width === 0 || guide.width === 0) return null;
    const inStage = { x: guide.left - stage.left, y: guide.top - stage.top, width: guide.width, height: guide.height };
    return { guide: toVideo(inStage, stage, video), video };
  }

  /* The small frame that is looked at, and the guide in it; a Watch is for one geometry. */
  sample() {
    const at = this.place();
    if (at === null) return null;
    const area = grow(at.guide, at.guide.width * SEEN_MARGIN, at.video);
    const scale = GUIDE_WIDTH / at.guide.width;
    const width = Math.round(area.width * scale);
    const height = Math.round(area.height * scale);
    const guide = {
      x: Math.max(0, Math.round((at.guide.x - area.x) * scale)),
      y: Math.max(0, Math.round((at.guide.y - area.y) * scale)),
      hasFold: SHAPES[this.options.shape].hasFold === true,
    };
    guide.width = Math.min(GUIDE_WIDTH, width - guide.x);
    guide.height = Math.min(Math.round(at.guide.height * scale), height - guide.y);
    if (guide.width < 20 || guide.height < 20) return null;
    if (this.watch === null || JSON.stringify(this.watch.guide) !== JSON.stringify(guide) || this.canvas.width !== width || this.canvas.height !== height) {
      this.watch = new Watch(guide);
      this.canvas = canvasOf(width, height);
      this.brush = this.canvas.getContext('2d', { willReadFrequently: true });
    }
    this.brush.drawImage(this.video, area.x, area.y, area.width, area.height, 0, 0, width, height);
    return greyOf(this.brush.getImageData(0, 0, width, height));
  }

  lookAt(now) {
    if (this.isTaking || now < (this.pausedUntil ?? 0)) return;
    const frame = this.sample();
    if (frame === null) return;
    const { hint, isReady } = this.watch.add(frame, now);
    this.say(this.hintFor(hint, now));
    if (this.isAuto && isReady) this.shoot(now);
  }

  hintFor(hint, now) {
    if (this.isFace) return hint === 'dark' ? 'darkFace' : 'face';
    if (!this.isAuto) return hint === 'dark' || hint === 'glare' ? hint : 'manual';
    if (hint === 'still' && this.blurred > 0) return 'blurred';
    if (hint === 'still') this.since = now;
    return hint === 'place' && now - this.since > SLOW_MS ? 'slow' : hint;
  }

  /* Shows a hint, and by its live region says it; not more often than it can be followed. */
  say(name, isNow = false) {
    const now = performance.now();
    if (this.stage.dataset.hint === name && this.hint.textContent !== '') return;
    if (!isNow && now - this.saidAt < HINT_MS) return;
    this.saidAt = now;
    this.stage.dataset.hint = name;
    this.hint.textContent = t(`hint${name[0].toUpperCase()}${name.slice(1)}`);
  }

  /* What is taken: the guide with a margin, or for a face all that can be seen. */
  areaOf(at) {
    const whole = { x: 0, y: 0, ...at.video };
    if (!this.isFace) return grow(at.guide, at.guide.width * TAKEN_MARGIN, at.video);
    const stage = this.stage.getBoundingClientRect();
    const seen = grow(toVideo({ x: 0, y: 0, width: stage.width, height: stage.height }, stage, at.video), 0, at.video);
    return Math.min(seen.width, seen.height) < LEAST_SELFIE ? whole : seen;
  }

  /* Auto: takes the picture if it is sharp and without reflection, else waits for a better moment. */
  shoot(now) {
    const at = this.place();
    if (at === null) return;
    const picture = snap(this.video, this.areaOf(at), this.isFace);
    const isBad = this.blurred < MAX_BLURRED && picture.problems.includes('blurred');
    if (!isBad) {
      this.take(picture);
      return;
    }
    picture.drop();
    this.blurred += 1;
    this.pausedUntil = now + PAUSE_MS;
    this.watch.reset();
    this.say('blurred', true);
  }

  press() {
    if (this.isTaking || this.stream === null) return;
    if (this.counting) this.stopCounting();
    else if (this.hasTimer) this.countDown(TIMER_S);
    else this.shootNow();
  }

  shootNow() {
    const at = this.place();
    if (at !== null) this.take(snap(this.video, this.areaOf(at), this.isFace));
  }

  async take(picture) {
    this.isTaking = true;
    this.video.pause();
    this.say('taken', true);
    if (!isCalm()) this.stage.classList.add('flashing');
    navigator.vibrate?.(60);
    try {
      const shot = await this.app.run(() => picture.keep());
      if (!this.isOver) this.options.ontake(shot);
    } catch (error) {
      if (!this.isOver) this.options.onproblem(error);
    }
  }

  countDown(left) {
    const tell = () => {
      this.count.textContent = String(left);
      this.hint.textContent = String(left);
    };
    tell();
    this.stage.dataset.hint = 'counting';
    this.saidAt = Infinity;
    this.counting = setInterval(() => {
      left -= 1;
      if (left > 0) {
        tell();
        return;
      }
      this.stopCounting();
      this.shootNow();
    }, 1000);
  }

  stopCounting() {
    if (!this.counting) return;
    clearInterval(this.counting);
    this.counting = null;
    this.count.textContent = '';
    this.saidAt = 0;
    this.say('face', true);
  }

  toggleTimer() {
    this.hasTimer = !this.hasTimer;
    this.timer.setAttribute('aria-pressed', String(this.hasTimer));
    if (!this.hasTimer) this.stopCounting();
  }

  setAuto(isAuto) {
    isAutoWanted = isAuto;
    this.isAuto = isAuto;
    this.blurred = 0;
    this.since = performance.now();
    this.watch?.reset();
    if (this.stream !== null) this.say(isAuto ? 'place' : 'manual', true);
  }

  async toggleTorch() {
    const [track] = this.stream?.getVideoTracks() ?? [];
    if (!track) return;
    const isOn = await setTorch(track, this.torch.getAttribute('aria-pressed') !== 'true');
    this.torch.setAttribute('aria-pressed', String(isOn));
  }

  switchCamera() {
    const current = this.stream?.getVideoTracks()[0]?.getSettings().deviceId;
    const next = this.cameras[(this.cameras.indexOf(current) + 1) % this.cameras.length];
    this.close();
    this.open(next);
  }
}

/**
 * Shows the camera. options: shape ('card', 'passport', 'page' or 'face'), facing ('environment' or
 * 'user'), title, inputs (file inputs that upload uses), and what happens: ontake(shot), onupload(),
 * onclose(), onproblem(error of getUserMedia).
 */
export function camera(app, options) {
  const screen = new CameraScreen(app, options);
  screen.show(options.title);
  screen.start();
}
