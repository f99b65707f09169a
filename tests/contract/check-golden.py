#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the golden files of tests/data/api against the members the API contract names.

fields.json has them: for each section of verifa-api.md the lists of members it gives, and which
list belongs to which request and reply (operations by their names in src/sandbox/openapi.json).
Every operation listed there has a golden file, and every golden file has every member.

  check-golden.py [--data DIR] [--contract verifa-api.md]

--contract also compares fields.json with the document itself.
"""
import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / 'tests' / 'data' / 'api'
METHODS = ('get', 'post', 'put', 'patch', 'delete')
# Rows of the request table of 5.2 and others may add "[]" to say what a member is.
NAME = re.compile(r'`([a-z][a-z0-9_]*)(?:\[\])?`')


def load(path):
    return json.loads(path.read_text(encoding='utf-8'))


class Facts:
    """What the contract names."""

    def __init__(self, data):
        facts = load(data / 'fields.json')
        self.sections = facts['sections']
        self.requests = facts['requests']
        self.replies = facts['replies']

    def members(self, text):
        """The members of "3.12 link - qr_code_data_url", or of several lists."""
        if isinstance(text, list):
            return [name for one in text for name in self.members(one)]
        where, _, without = text.partition(' - ')
        section, name = where.split(' ')
        return [member for member in self.sections[section][name] if member not in without.split()]


def load_operations():
    paths = load(ROOT / 'src' / 'sandbox' / 'openapi.json')['paths']
    operations = []
    for path, item in paths.items():
        pattern = re.compile(re.sub(r'\\?\{\w+\\?\}', '[^/]+', re.escape(path)) + '$')
        for method in METHODS:
            if method in item:
                operations.append((path.count('{'), method.upper(), pattern, item[method]['operationId']))
    return sorted(operations, key=lambda one: one[0])


def find_operation(operations, golden):
    for _, method, pattern, name in operations:
        if method == golden['method'] and pattern.match(golden['path']):
            return name
    return None


def values_at(value, where):
    """All values behind "data[].quality"; where is '' for the value itself."""
    if not where:
        return [value]
    step, _, rest = where.partition('.')
    inner = value.get(step.removesuffix('[]')) if isinstance(value, dict) else None
    if inner is None:
        return []
    found = inner if step.endswith('[]') else [inner]
    return [one for item in found for one in values_at(item, rest)]


def check_reply(facts, name, golden):
    lists = [facts.replies.get(name, {}), facts.replies.get(f'{name}@{golden["section"]}', {})]
    if golden['status'] >= 400:
        lists = [{'': '1.8 error'}]
        if golden['reply']['error'] == 'validation_error' and not golden.get('client_only'):
            lists = [{'': '1.8 validation', 'errors[]': '1.8 field_error'}]
    elif lists[1]:
        # A section of its own says what is different: it goes before the usual list.
        lists = [{where: text for where, text in lists[0].items() if where not in lists[1]}, lists[1]]
    for wanted in lists:
        for where, text in wanted.items():
            for value in values_at(golden.get('reply'), where):
                for member in facts.members(text):
                    if member not in value:
                        yield f'{where + "." if where else ""}{member} is missing'


def check_golden(facts, goldens):
    seen_replies = set()
    sent = {}
    for file, name, golden in goldens:
        if name is None:
            yield f'{file}: {golden["method"]} {golden["path"]} is not in openapi.json'
            continue
        if not any(golden['section'] == section or section.startswith(golden['section'] + '.') for section in facts.sections):
            yield f'{file}: fields.json has no section {golden["section"]}'
        if golden['status'] < 300 and not golden.get('client_only'):
            seen_replies.add(name)
            sent.setdefault(name, set()).update(golden.get('request', {}).get('body', {}))
        if not golden.get('client_only') or golden['status'] >= 400:
            for problem in check_reply(facts, name, golden):
                yield f'{file}: {problem}'
    for name in sorted({reply.partition('@')[0] for reply in facts.replies} - seen_replies):
        yield f'{name} has no golden file'
    for name, text in facts.requests.items():
        missing = [member for member in facts.members(text) if member not in sent.get(name, set())]
        if missing:
            yield f'no golden request of {name} sends {", ".join(missing)}'


def split_sections(text):
    """The document's sections: number → text up to the next heading."""
    sections = {}
    number = None
    for line in text.split('\n'):
        heading = re.match(r'#{2,3} (\d+(?:\.\d+\w?)?)\.? ', line)
        if heading or line.startswith('## '):
            number = heading.group(1) if heading else None
        if number:
            sections.setdefault(number, []).append(line)
    return {number: '\n'.join(lines) for number, lines in sections.items()}


def field_tables(text):
    """Members in the first column of each table whose first column is headed "field"."""
    tables = []
    rows = None
    for line in text.split('\n') + ['']:
        cells = [cell.strip() for cell in line.strip().strip('|').split('|')] if line.startswith('|') else None
        if cells is None:
            rows = None
        elif cells[0] == 'field':
            rows = []
            tables.append(rows)
        elif rows is not None:
            rows.extend(NAME.findall(cells[0]))
    return tables


def check_contract(facts, document):
    sections = split_sections(document)
    for number, lists in facts.sections.items():
        if number not in sections:
            yield f'the document has no section {number}'
            continue
        for name, members in lists.items():
            for member in members:
                if not re.search(rf'(?<![A-Za-z0-9_]){member}(?![A-Za-z0-9_])', sections[number]):
                    yield f'{number} {name}: the document does not say {member} there'
        for table in field_tables(sections[number]):
            known = {member for members in lists.values() for member in members}
            if set(table) - known:
                yield f'{number}: {", ".join(sorted(set(table) - known))} of the document\'s table'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('--contract', type=pathlib.Path, help='the contract, to compare fields.json with')
    parser.add_argument('--data', type=pathlib.Path, default=GOLDEN, help='where the golden files are')
    arguments = parser.parse_args()
    facts = Facts(arguments.data)
    operations = load_operations()
    goldens = []
    for path in sorted(arguments.data.glob('*.json')):
        if path.name != 'fields.json':
            golden = load(path)
            goldens.append((path.name, find_operation(operations, golden), golden))
    known = {name for _, _, _, name in operations}
    problems = [f'fields.json: openapi.json has no {name}'
                for name in sorted({reply.partition('@')[0] for reply in facts.replies} | set(facts.requests)) if name not in known]
    problems += check_golden(facts, goldens)
    if arguments.contract:
        problems += check_contract(facts, arguments.contract.read_text(encoding='utf-8'))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
