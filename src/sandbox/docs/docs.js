// SPDX-License-Identifier: GPL-3.0-or-later
// The API's description as a page: one fold a call, grouped, filtered while typing.
import { make, unfold } from './operation.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const byId = (id) => document.getElementById(id);

/** Every call, in the order of the file. */
function listOperations(api) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ method, path, item, operation: item[method] })));
}

/** A long path may break behind its slashes. */
function pathParts(path) {
  return path.split(/(?<=\/)/).flatMap((part) => [part, make('wbr', {})]);
}

function fold(api, call) {
  const { method, path, operation } = call;
  const details = make('details', { id: operation.operationId },
    make('summary', {},
      make('span', { className: `method ${method}` }, method.toUpperCase()),
      make('span', { className: 'path' }, ...pathParts(path)),
      make('span', { className: 'title' }, operation.summary),
      operation['x-not-implemented'] && make('span', { className: 'mark' }, 'answers 501')));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(unfold(api, call));
  });
  call.words = [method, path, operation.summary, operation.operationId, operation.description, operation['x-section'], ...(operation['x-scopes'] ?? [])]
    .join(' ').toLowerCase();
  call.details = details;
  return details;
}

function showGroups(api, calls) {
  const sections = api.tags.map((tag) => {
    const own = calls.filter((call) => call.operation.tags[0] === tag.name);
    const id = `group-${tag.name.toLowerCase()}`;
    byId('groups').append(make('li', {}, make('a', { href: `#${id}` }, tag.name)));
    return make('section', { id }, make('h2', {}, tag.name), make('p', {}, tag.description), ...own.map((call) => fold(api, call)));
  });
  byId('operations').replaceChildren(...sections);
}

function filter(calls) {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const call of calls) {
    call.details.hidden = !words.every((word) => call.words.includes(word));
    if (!call.details.hidden) shown += 1;
  }
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('details:not([hidden])');
  byId('count').textContent = shown === 0 ? 'No call fits.' : `${shown} of ${calls.length} calls`;
}

function openLinked() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
}

function listen(calls) {
  byId('search').addEventListener('input', () => filter(calls));
  addEventListener('hashchange', openLinked);
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || event.target === byId('search')) return;
    event.preventDefault();
    byId('search').focus();
  });
}

async function start() {
  const response = await fetch('/openapi.json');
  if (!response.ok) throw new Error(`${response.status}`);
  const api = await response.json();
  const calls = listOperations(api);
  byId('title').textContent = api.info.title;
  byId('version').replaceChildren(`Version ${api.info.version} · `, make('a', { href: '/openapi.json' }, 'openapi.json'));
  showGroups(api, calls);
  listen(calls);
  filter(calls);
  openLinked();
}

start().catch((error) => {
  byId('operations').replaceChildren(make('p', { role: 'alert' }, `The description could not be loaded (${error.message}). Load the page again.`));
});
