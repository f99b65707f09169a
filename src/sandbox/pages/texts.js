// SPDX-License-Identifier: GPL-3.0-or-later
// Every text an applicant can read, one table a language. English is whole; another language may
// lack lines and then shows the English ones. {braces} are filled in by t().

export const tables = {
  en: {
    title: 'Identity verification',
    loading: 'Loading…',
    sandbox: 'SANDBOX',
    sandboxNote: 'practice only, nothing is checked',
    counter: 'Step {number} of {total}',
    until: 'This link works until {time}',
    minutesLeft: '{minutes} minutes left on this link.',
    minuteLeft: 'One minute left on this link.',
    tryAgain: 'Try again',
    continue: 'Continue',
    back: 'Go back',
    skip: 'Skip this step',
    working: 'One moment…',

    consentTitle: 'Verify your identity',
    consentLead: '{organization} asks you to show who you are. It takes about two minutes.',
    consentLeadPlain: 'You are asked to show who you are. It takes about two minutes.',
    consentCollects: 'What is collected',
    collectDocument: 'Pictures of your identity document and what is written on it',
    collectSelfie: 'A picture of your face, compared with the one on the document',
    collectFields: 'The details you type in',
    collectAddress: 'A document that shows your address',
    collectTechnical: 'The time, your network address and this consent',
    consentUse: 'It is used for this verification only and is kept as long as the organization that asked you is allowed to keep it. Ask its staff for its privacy notice.',
    consentSandbox: 'This is a sandbox: use test pictures, not real documents.',
    consentCheck: 'I have read this and agree, also to the processing of my biometric data (my face).',
    consentCheckPlain: 'I have read this and agree.',
    decline: 'I do not agree',
    declinedTitle: 'You did not agree',
    declinedText: 'Nothing was collected. You can close this page and speak to the front desk, or go back.',

    typeTitle: 'Choose your document',
    typeLead: 'Which identity document do you have with you?',
    drivers_license: "Driver's License",
    drivers_licenseSides: 'Front and back',
    passport: 'Passport',
    passportSides: 'The page with your photo',
    national_id: 'State ID / National ID',
    national_idSides: 'Front only',
    residence_permit: 'Residence permit',
    residence_permitSides: 'Front and back',

    document_frontTitle: 'Scan the front',
    document_frontTitlePassport: 'Scan the photo page',
    document_frontAlt: 'Your picture of the front',
    document_backTitle: 'Turn it over and scan the back',
    document_backAlt: 'Your picture of the back',
    selfieTitle: 'Take a selfie',
    selfieAlt: 'Your selfie',
    proof_of_addressTitle: 'Show your address',
    proof_of_addressAlt: 'Your proof of address',
    tipLight: 'Good light, no shadow',
    tipGlare: 'No glare or reflection',
    tipDark: 'On a dark, flat surface',
    tipBarcode: 'The whole barcode is visible',
    tipFace: 'Face the camera, with a neutral expression',
    tipCover: 'No sunglasses, nothing over your face',
    tipSelfieLight: 'Light from the front',
    tipWhole: 'The whole page, with your name and its date',
    ready: "I'm ready",
    upload: 'Upload a file instead',
    uploadSelfie: 'Upload a picture instead (test only)',
    reviewTitle: 'Check the picture',
    reviewLead: 'Is everything sharp and readable?',
    reviewLeadSelfie: 'Is your face sharp and well lit?',
    submitPhoto: 'Submit photo',
    retakePhoto: 'Retake photo',
    changeType: 'Change ID type',
    lowQuality: 'Photo quality is low. You can submit it all the same; a sharper picture is easier to check.',
    lowQualitySandbox: 'Photo quality is low. In the sandbox this is expected.',
    isPdf: 'PDF file, {size}',
    sending: 'Sending the picture…',
    sendingPercent: 'Sending the picture: {percent} %',

    poaKind: 'What kind of document is it?',
    utility_bill: 'Utility bill',
    bank_statement: 'Bank statement',
    tax_document: 'Tax document',
    rental_agreement: 'Rental agreement',
    other: 'Something else',

    fieldsTitle: 'Your details',
    fieldsLead: 'Please type them as they stand on your document.',
    optional: '(optional)',
    first_name: 'First Name',
    last_name: 'Last Name',
    email: 'Email',
    phone: 'Phone',
    phoneHint: 'With the country code, such as +44 20 7946 0000',
    date_of_birth: 'Date of Birth',
    ssn: 'SSN',
    ssnHint: 'Nine digits. In the sandbox type an invented number.',
    address: 'Address',
    line1: 'Street and number',
    line2: 'Apartment, floor (optional)',
    city: 'City',
    state: 'State or region (optional)',
    zip: 'Postal code',
    missing: 'Please fill this in.',
    wrong: 'Please check this: {problem}',

    completeTitle: 'Check and send',
    completeLead: 'You have done everything that was asked. Send it to finish.',
    doneConsent: 'Consent given',
    doneType: 'Document: {type}',
    doneFront: 'Front of the document',
    doneBack: 'Back of the document',
    doneSelfie: 'Selfie',
    doneFields: 'Your details',
    doneAddress: 'Proof of address',
    submitAll: 'Submit',

    outcomeTitle: 'Choose Verification Outcome',
    outcomeLead: 'In the sandbox nothing is checked: you choose how the verification ends.',
    outcomeOurs: 'More outcomes of this sandbox',
    outcomeOursNote: 'Verifa Sandbox adds these for practice. The real service does not know them.',
    outcomeDeveloper: 'Developer',
    outcomeDeveloperNote: 'Only for testing software: states without a result.',

    doneTitle: 'All done',
    doneText: 'Thank you. You can close this page.',
    redirectText: 'You are taken back to {host}.',
    redirect: 'Go to {host}',
    expiredTitle: 'This link has expired',
    expiredText: 'Ask the front desk for a new one. What you already sent is kept.',
    replacedTitle: 'This link cannot be used any more',
    replacedText: 'It was replaced or already used. Ask the front desk for the current one.',
    finishedTitle: 'Already finished',
    finishedText: 'This verification is complete. You can close this page.',
    unknownTitle: 'This link is not valid',
    unknownText: 'Scan the code again, or ask the front desk for a new link.',
    offlineTitle: 'No connection',
    offlineText: 'The server could not be reached. Check your connection; nothing you sent is lost.',
    failedTitle: 'Something went wrong',
    failedText: 'The server could not answer just now. Nothing you sent is lost.',
    tooLarge: 'The file is larger than 10 MB. Choose a smaller one.',
  },
};

const language = (navigator.languages ?? ['en'])
  .map((tag) => tag.split('-')[0].toLowerCase())
  .find((tag) => Object.hasOwn(tables, tag)) ?? 'en';

/** The language the texts are in. */
export const lang = language;

/** Whether the table has a text of that name. */
export function has(name) {
  return Object.hasOwn(tables.en, name);
}

/** The text of that name, with {braces} filled from values; the name itself when there is none. */
export function t(name, values = {}) {
  const text = tables[language][name] ?? (has(name) ? tables.en[name] : name);
  return text.replace(/\{(\w+)\}/g, (all, key) => (Object.hasOwn(values, key) ? String(values[key]) : all));
}
