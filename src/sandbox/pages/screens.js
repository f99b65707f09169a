// SPDX-License-Identifier: GPL-3.0-or-later
// The steps that take a picture, named as the server names them, and how they differ.

import { addressForm, askAddress } from './address.js';
import { liveness } from './liveness.js';
import { picture } from './picture.js';

const addressPicture = picture({
  path: '/proof-of-address', form: addressForm, picture: 'house', camera: 'environment',
  tips: [['light', 'tipLight'], ['form', 'tipWhole']],
});

export const screens = {
  document_front: picture({
    path: '/documents', form: { side: 'front' }, picture: 'document', camera: 'environment', canChangeType: true,
    tips: [['light', 'tipLight'], ['warning', 'tipGlare'], ['document', 'tipDark']],
  }),
  document_back: picture({
    path: '/documents', form: { side: 'back' }, picture: 'back', camera: 'environment',
    tips: [['light', 'tipLight'], ['warning', 'tipGlare'], ['back', 'tipBarcode']],
  }),
  selfie: picture({
    path: '/selfie', form: {}, picture: 'face', camera: 'user', isFace: true,
    tips: [['light', 'tipSelfieLight'], ['face', 'tipFace'], ['warning', 'tipCover']],
  }),
  liveness,
  proof_of_address: (app) => askAddress(app, addressPicture),
};
