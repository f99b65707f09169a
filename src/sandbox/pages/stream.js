// SPDX-License-Identifier: GPL-3.0-or-later
// The phone's cameras, as the browser gives them. Nothing here shows anything.

/** Whether the page may ask for a camera at all: pages without TLS may not, unless they are this machine's own. */
export function hasCameraApi() {
  return typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/**
 * Opens a camera: the one called deviceId, or one that looks that way (facing: environment or user).
 * Throws what getUserMedia throws.
 */
export function openStream({ facing, deviceId }) {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: facing } }),
      width: { ideal: 1920 },
      height: { ideal: 1440 },
    },
  });
}

/** Ends all that is open; null is nothing. */
export function closeStream(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}

/** The ids of the cameras, once one was open. None where they are not told. */
export async function listCameras() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'videoinput' && device.deviceId).map((device) => device.deviceId);
  } catch {
    return [];
  }
}

const abilities = (track) => track.getCapabilities?.() ?? {};

/** Whether the camera has a lamp that can be switched. */
export function hasTorch(track) {
  return abilities(track).torch === true;
}

/** Switches the lamp; gives whether it is on then. */
export async function setTorch(track, isOn) {
  try {
    await track.applyConstraints({ advanced: [{ torch: isOn }] });
    return isOn;
  } catch {
    return false;
  }
}

/** Lets the camera look for sharpness all the time, where it can be told to. */
export function keepFocused(track) {
  if (!abilities(track).focusMode?.includes('continuous')) return;
  track.applyConstraints({ advanced: [{ focusMode: 'continuous' }] }).catch(() => {});
}

/** Calls work for each new frame, at most every `pause` ms; gives a function that ends it. */
export function eachFrame(video, pause, work) {
  const isCallback = typeof video.requestVideoFrameCallback === 'function';
  let handle = 0;
  let last = -Infinity;
  const ask = () => { handle = isCallback ? video.requestVideoFrameCallback(step) : requestAnimationFrame(step); };
  const step = (now) => {
    ask();
    // Half a frame of patience: 60 ms are four frames of 16, not three.
    if (now - last < pause - 8) return;
    last = now;
    work(now);
  };
  ask();
  return () => (isCallback ? video.cancelVideoFrameCallback(handle) : cancelAnimationFrame(handle));
}
