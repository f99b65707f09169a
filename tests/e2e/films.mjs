// SPDX-License-Identifier: GPL-3.0-or-later
// Films for Chromium's fake camera: drawn once a run, into a folder that goes with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { cameraArgs, launch } from './phone.mjs';
import { writeFilm } from './scenes.mjs';

const files = new Map();
let folder;

/** The file of one of FILMS in scenes.mjs. */
export function filmFile(name) {
  if (!folder) {
    folder = mkdtempSync(path.join(tmpdir(), 'verifa-films-'));
    process.once('exit', () => rmSync(folder, { recursive: true }));
  }
  if (!files.has(name)) {
    files.set(name, path.join(folder, `${name}.y4m`));
    writeFilm(name, files.get(name));
  }
  return files.get(name);
}

/** A browser whose only camera plays that film, over and over. */
export const launchWithFilm = (name) => launch(cameraArgs(filmFile(name)));
