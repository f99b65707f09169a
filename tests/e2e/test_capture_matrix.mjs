#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's page from the first screen to the last, in every combination: which document, how its
// pictures are taken, with or without a selfie, with or without user information; reloaded at each step.
// Prints TAP.
//
//   node test_capture_matrix.mjs VERIFA-SANDBOX [PATTERN] [--long]
//
//   --long   all 36; else three, with each choice in one of them at least
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';

import { runTests, test, TIMEOUT } from './applicant.mjs';
import { launchWithFilm } from './films.mjs';
import { drawPictures, nextScreen, openPhone, walk } from './phone.mjs';

const { values, positionals: [program, pattern] } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean' } } });
const DOCUMENTS = { drivers_license: ['document_front', 'document_back'], passport: ['document_front'], national_id: ['document_front'] };
const CAMERAS = ['auto', 'manual', 'upload'];
const FIELDS = { first_name: 'required', last_name: 'required', phone: 'optional' };

const all = Object.keys(DOCUMENTS).flatMap((document) => CAMERAS.flatMap((camera) => [true, false].flatMap((hasSelfie) => [true, false].map((hasFields) => ({ document, camera, hasSelfie, hasFields })))));
const few = [
  { document: 'drivers_license', camera: 'auto', hasSelfie: true, hasFields: false },
  { document: 'passport', camera: 'upload', hasSelfie: false, hasFields: true },
  { document: 'national_id', camera: 'manual', hasSelfie: true, hasFields: true },
];

/* A workflow of each kind is made once. */
async function workflowFor(it, { hasSelfie, hasFields }) {
  it.workflows ??= new Map();
  const name = `Document${hasSelfie ? ', selfie' : ''}${hasFields ? ', user information' : ''}`;
  if (!it.workflows.has(name)) {
    const { id } = await it.sandbox.api('POST', '/workflows', {
      name,
      steps: [{ policy: 'document_ocr' }, { policy: 'auto_approve' }],
      data_requirements: { document_types: Object.keys(DOCUMENTS), selfie: hasSelfie, liveness: false, fields: hasFields ? FIELDS : {}, proof_of_address: false, minimum_age: null },
    });
    it.workflows.set(name, id);
  }
  return it.workflows.get(name);
}

/* What the page must show, step by step. */
function stepsOf({ document, hasSelfie, hasFields }) {
  return ['consent', 'document_type', 'country', ...DOCUMENTS[document], ...(hasSelfie ? ['selfie'] : []), ...(hasFields ? ['fields'] : []), 'complete', 'outcome', 'done'];
}

const isInner = (screen) => /_(camera|review)$/.test(screen);

for (const plan of values.long ? all : few) {
  const { document, camera, hasSelfie, hasFields } = plan;
  test(`${document}, ${camera}${hasSelfie ? ', selfie' : ''}${hasFields ? ', user information' : ''}`, async (it) => {
    const session = await it.sandbox.create({ workflow_id: await workflowFor(it, plan) });
    const browser = await launchWithFilm(document === 'passport' ? 'passport' : 'card');
    try {
      const context = await openPhone(browser, { device: '360x780', density: 1, dark: hasSelfie });
      const pictures = await drawPictures(context);
      const report = await walk(await context.newPage(), session.capture_url, {
        outcome: 'approve', document, camera, pictures, timeout: TIMEOUT,
        // Reloaded, each step's screen is there again, with nothing done twice.
        onscreen: async (page, screen) => {
          if (isInner(screen) || screen === 'done') return;
          await page.reload();
          assert.equal(await nextScreen(page, undefined, TIMEOUT), screen);
        },
      });
      assert.equal(report.error, undefined);
      assert.deepEqual(report.problems, []);
      assert.deepEqual(report.screens.filter((screen) => !isInner(screen)), stepsOf(plan));
      for (const side of DOCUMENTS[document]) assert.ok(report.screens.includes(`${side}_camera`), `${side} was seen by the camera`);
      assert.ok(report.ok);
    } finally {
      await browser.close();
    }
    assert.equal((await it.sandbox.get(session)).status, 'completed');
    const { data } = await it.sandbox.api('GET', `/sessions/${session.id}/documents`);
    const wanted = [...DOCUMENTS[document].map((side) => side.replace('document', 'id')), ...(hasSelfie ? ['selfie'] : [])];
    assert.deepEqual(data.map((one) => one.doc_type).sort(), wanted.sort());
  });
}

await runTests(program, pattern);
