// SPDX-License-Identifier: GPL-3.0-or-later
// One call, unfolded: what it takes, what it answers.
import { curl, resolve } from './example.js';

/** make('p', {className: 'quiet'}, 'text', node …) */
export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child && child !== true));
  return element;
}

const lastName = (node) => node?.$ref?.split('/').pop();

function limits(schema) {
  const texts = [];
  if (schema.maxLength !== undefined) texts.push(`${schema.minLength ?? 0}–${schema.maxLength} characters`);
  if (schema.minimum !== undefined || schema.maximum !== undefined) texts.push(`${schema.minimum ?? '−∞'}–${schema.maximum ?? '∞'}`);
  if (schema.minItems !== undefined || schema.maxItems !== undefined) texts.push(`${schema.minItems ?? 0}–${schema.maxItems ?? '∞'} items`);
  if (schema.maxProperties !== undefined) texts.push(`at most ${schema.maxProperties} members`);
  if (schema.default !== undefined) texts.push(`default ${JSON.stringify(schema.default)}`);
  return texts;
}

/** "array of string or null, 0–50 items" */
function kind(api, given) {
  const schema = resolve(api, given);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((one) => (one.type === 'null' ? 'null' : lastName(one) ?? kind(api, one))).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = [schema.type].flat().map((type) => (type === 'array' ? `array of ${lastName(schema.items) ?? kind(api, schema.items)}` : type));
  return [types.length > 5 ? 'anything' : types.join(' or '), schema.format, ...limits(schema)].filter(Boolean).join(', ');
}

/** Where the members of a value are told: inside arrays and beside null too. */
function inner(api, given) {
  const schema = resolve(api, given);
  const choice = (schema.oneOf ?? []).find((one) => one.type !== 'null');
  if (choice) return inner(api, choice);
  if ([schema.type].flat().includes('array')) return inner(api, schema.items);
  if (!schema.properties && typeof schema.additionalProperties === 'object') return inner(api, schema.additionalProperties);
  return schema;
}

/** A body says what is required, an answer what may be missing. */
function presence(schema, name, sent) {
  if ((schema.required ?? []).includes(name) !== sent) return '';
  return make('span', { className: sent ? 'needed' : 'kind' }, sent ? ' required' : ' · may be missing');
}

function about(api, given, depth, sent) {
  const schema = resolve(api, given);
  const within = inner(api, given);
  const values = (schema.enum ?? within.enum ?? []).filter((one) => one !== null);
  const text = given.description ?? schema.description;
  return make('dd', {},
    text && make('p', {}, text),
    values.length > 0 && make('p', {}, values.join(' · ')),
    schema['x-open'] && make('p', {}, `Any members: ${schema['x-open']}.`),
    within.properties && depth < 4 && members(api, within, sent, depth + 1));
}

function members(api, schema, sent, depth = 0) {
  const list = make('dl', {});
  for (const [name, given] of Object.entries(schema.properties)) {
    list.append(
      make('dt', {}, make('code', {}, name), ' ', make('span', { className: 'kind' }, kind(api, given)),
        presence(schema, name, sent)),
      about(api, given, depth, sent));
  }
  return list;
}

function body(api, media, sent) {
  const schema = inner(api, media.schema);
  const whole = kind(api, media.schema);
  if (!schema.properties) return make('p', { className: 'quiet' }, whole);
  return make('div', {},
    whole !== 'object' && make('p', { className: 'quiet' }, whole),
    schema.description && make('p', {}, schema.description),
    members(api, schema, sent));
}

function parameterList(api, parameters) {
  const list = make('dl', {});
  for (const parameter of parameters) {
    list.append(
      make('dt', {}, make('code', {}, parameter.name), ' ',
        make('span', { className: 'kind' }, `${parameter.in}, ${kind(api, parameter.schema)}`),
        parameter.required && parameter.in !== 'path' ? make('span', { className: 'needed' }, ' required') : ''),
      about(api, { ...resolve(api, parameter.schema), description: parameter.description }, 9, true));
  }
  return list;
}

function command(text) {
  const button = make('button', { type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  });
  return make('div', { className: 'curl' }, make('pre', {}, make('code', {}, text)), button);
}

function answers(api, responses) {
  const good = Object.entries(responses).filter(([status]) => status < '300');
  const bad = Object.entries(responses).filter(([status]) => status >= '300');
  const nodes = good.map(([status, given]) => {
    const response = resolve(api, given);
    const shown = Object.entries(response.content ?? {});
    return make('div', {}, make('h3', {}, `Answer ${status}`), make('p', {}, response.description),
      ...shown.map(([type, media]) => (type === 'application/json' ? body(api, media, false) : make('p', { className: 'quiet' }, type))));
  });
  const errors = make('dl', { className: 'errors' });
  for (const [status, given] of bad) errors.append(make('dt', {}, make('code', {}, status)), make('dd', {}, resolve(api, given).description));
  return [...nodes, make('h3', {}, 'Refusals'), errors];
}

function facts(operation, path) {
  const texts = [`Contract ${operation['x-section']}`];
  if (operation['x-scopes']) texts.push(`scope ${operation['x-scopes'].join(' or ')}`);
  else if (operation.security?.length === 0) texts.push('no key');
  else texts.push('any key');
  if (operation['x-sandbox-only']) texts.push('sandbox key only');
  if (operation['x-quota']) texts.push(`counts against ${operation['x-quota']}`);
  if (path.startsWith('/_sandbox')) texts.push('not in the service');
  return texts.join(' · ');
}

/** What stands inside an operation's details, made when it is first opened. */
export function unfold(api, { method, path, item, operation }) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(api, one));
  const content = Object.entries(operation.requestBody?.content ?? {});
  return make('div', { className: 'inside' },
    make('p', { className: 'quiet' }, facts(operation, path)),
    operation.description && make('p', {}, operation.description),
    command(curl(api, location.origin, method, path, item, operation)),
    parameters.length > 0 && make('h3', {}, 'Parameters'),
    parameters.length > 0 && parameterList(api, parameters),
    ...content.map(([type, media]) => make('div', {}, make('h3', {}, `Body, ${type}`), body(api, media, true))),
    ...answers(api, operation.responses));
}
