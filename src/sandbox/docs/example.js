// SPDX-License-Identifier: GPL-3.0-or-later
// What a call looks like on a command line.

const TEXTS = { 'date-time': '2026-02-01T12:00:00Z', date: '2026-02-01', email: 'jane.doe@example.com', uri: 'https://hotel.example/done' };
const IDS = { session_id: 'session_…', token: 'tok_…', doc_type: 'id_front', policy: 'face_match', tag: 'vip', name: 'docs.css' };

/** The object a {"$ref": …} stands for, with what stands beside it. */
export function resolve(api, node) {
  let found = node ?? {};
  while (found.$ref) {
    const { $ref, ...beside } = found;
    const target = $ref.slice(2).split('/').reduce((at, name) => at[name], api);
    found = { ...target, ...beside };
  }
  return found;
}

/** A value that fits: the smallest one, but never an empty object where members are known. */
export function sample(api, given, name = '') {
  const schema = resolve(api, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.oneOf) return sample(api, schema.oneOf[0], name);
  const type = [schema.type].flat()[0];
  if (type === 'object') {
    const names = schema.required ?? Object.keys(schema.properties ?? {}).slice(0, 1);
    return Object.fromEntries(names.map((key) => [key, sample(api, schema.properties[key], key)]));
  }
  if (type === 'array') return [sample(api, schema.items, name.replace(/s$/, ''))];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return schema.examples?.[0] ?? TEXTS[schema.format] ?? IDS[name] ?? (name.endsWith('_id') ? `${name.slice(0, -3)}_…` : name || 'text');
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function bodyLines(api, operation) {
  const content = operation.requestBody?.content;
  if (!content) return [];
  const [type, media] = Object.entries(content)[0];
  if (type === 'application/json') {
    return [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(sample(api, media.schema)))}`];
  }
  const schema = resolve(api, media.schema);
  return (schema.required ?? []).map((name) => `-F ${quote(name === 'file' ? 'file=@picture.jpg' : `${name}=${sample(api, schema.properties[name], name)}`)}`);
}

/** One call as a shell command; $KEY stands for the key. */
export function curl(api, origin, method, path, item, operation) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => resolve(api, parameter));
  const query = parameters.filter((one) => one.in === 'query' && one.required).map((one) => `${one.name}=${sample(api, one.schema, one.name)}`);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => IDS[name] ?? `${name.replace(/_id$/, '')}_…`);
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${quote(origin + filled + (query.length ? `?${query.join('&')}` : ''))}`];
  if (!operation.security || operation.security.length > 0) lines.push(`-H "X-API-Key: $KEY"`);
  if (parameters.some((one) => one.name === 'Idempotency-Key')) lines.push(`-H "Idempotency-Key: $(uuidgen)"`);
  return [...lines, ...bodyLines(api, operation)].join(' \\\n  ');
}
