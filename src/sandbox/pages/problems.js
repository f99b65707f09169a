// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with something the applicant gave, in their language: by the field and the code of
// the server's refusal. Its own words are the last resort.

import { t } from './texts.js';

const BY_FIELD = {
  first_name: 'wrongName',
  last_name: 'wrongName',
  email: 'wrongEmail',
  phone: 'wrongPhone',
  date_of_birth: 'wrongBirth',
  ssn: 'wrongSsn',
  'address.line1': 'wrongLine',
  'address.line2': 'wrongLine',
  'address.city': 'wrongLine',
  'address.state': 'wrongLine',
  'address.zip': 'wrongLine',
  'address.country': 'wrongCountry',
  country: 'wrongCountry',
  state: 'wrongState',
  document_type: 'wrongType',
  poa_document_type: 'wrongPoaKind',
  poa_document_date: 'wrongPoaDate',
};
const BY_CODE = { 'file.image': 'fileDamaged', 'file.image_size': 'fileSmall' };

/** The sentence for one entry of a 422's `errors`. */
export function sentenceOf({ field, code, message }) {
  const name = String(field);
  if (Object.hasOwn(BY_CODE, `${name}.${code}`)) return t(BY_CODE[`${name}.${code}`]);
  if (code === 'required' && name !== 'document_type') return t('missing');
  return Object.hasOwn(BY_FIELD, name) ? t(BY_FIELD[name]) : t('wrong', { problem: String(message) });
}

/** The same for a refusal as a whole: {detail, errors}, in the applicant's language. */
export function explain(path, status, detail, errors) {
  const explained = errors.map((one) => ({ ...one, message: sentenceOf(one) }));
  if (status === 413) return { detail: t('tooLarge'), errors: explained };
  if (status === 415) return { detail: t(path === '/selfie' ? 'fileKindSelfie' : 'fileKind'), errors: explained };
  return { detail: explained[0]?.message ?? detail, errors: explained };
}
