#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what meson's test logs say and prints the one line that build-aux/check ends with.

    count-tests.py --skips FILE [--failed WHAT]... LABEL=BUILDDIR...

Each line of a TAP test counts as a test, any other program as one. A skipped test counts as
failed, and so does a program that ran no test at all, unless FILE names it with a reason:

    # comment
    NAME            the reason              a whole program
    NAME:/some/path the reason              one line of it

Exit status 1 when anything failed or nothing ran.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

TAP_LINE = re.compile(r'^(not ok|ok)\b\s*(\d+)?\s*(?:-\s*)?(.*)$')
Outcome = collections.namedtuple('Outcome', 'name kind detail')


def read_skips(path):
    skips = {}
    if not path.exists():
        return skips
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        name, _, reason = line.partition(' ')
        if not reason.strip():
            sys.exit(f'{path}:{number}: {name} stands there without a reason')
        skips[name] = reason.strip()
    return skips


def tap_outcomes(program, output):
    """One outcome a TAP line, and none when the program printed no line."""
    for line in output.splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        verdict, _, rest = match.groups()
        title, _, directive = rest.partition('#')
        name = f'{program}:{title.strip()}'
        directive = directive.strip()
        if re.match(r'(?i)skip|todo', directive):
            yield Outcome(name, 'skip', directive)
        else:
            yield Outcome(name, 'pass' if verdict == 'ok' else 'fail', '')


def program_outcomes(entry, is_tap):
    """What one program of the log stands for."""
    name = entry['name'].split(' / ')[-1]
    result = entry['result']
    if result == 'SKIP':
        return [Outcome(name, 'skip', 'the whole program')]
    if not is_tap:
        return [Outcome(name, 'pass' if result == 'OK' else 'fail', result)]
    outcomes = list(tap_outcomes(name, entry.get('stdout') or ''))
    if not outcomes:
        return [Outcome(name, 'fail', f'ran no test ({result})')]
    if result != 'OK' and not any(o.kind == 'fail' for o in outcomes):
        outcomes.append(Outcome(name, 'fail', f'{result}, exit status {entry.get("returncode")}'))
    return outcomes


def judge(label, outcomes, skips):
    """How many passed, and one text for each that failed."""
    passed, failures = 0, []
    for outcome in outcomes:
        reason = skips.get(outcome.name) or skips.get(outcome.name.split(':')[0])
        if outcome.kind == 'pass':
            passed += 1
        elif outcome.kind == 'fail' or not reason:
            failures.append(f'[{label}] {outcome.name} {outcome.kind} {outcome.detail}'.rstrip())
        else:
            print(f'[{label}] {outcome.name} skipped: {reason}')
    return passed, failures


def tap_programs(builddir):
    listing = subprocess.run(['meson', 'introspect', '--tests', str(builddir)],
                             check=True, capture_output=True, text=True)
    return {t['name'] for t in json.loads(listing.stdout) if t.get('protocol') == 'tap'}


def count(builds, skips):
    passed, failures = 0, []
    for label, builddir in builds:
        log = pathlib.Path(builddir) / 'meson-logs' / 'testlog.json'
        if not log.exists():
            failures.append(f'[{label}] no test ran in {builddir}')
            continue
        taps = tap_programs(builddir)
        for line in log.read_text(encoding='utf-8').splitlines():
            entry = json.loads(line)
            is_tap = entry['name'].split(' / ')[-1] in taps
            good, bad = judge(label, program_outcomes(entry, is_tap), skips)
            passed += good
            failures += bad
    return passed, failures


SELF_TEST = [
    # result, TAP output or None, skips, (passed, failed)
    ('OK', None, {}, (1, 0)),
    ('FAIL', None, {}, (0, 1)),
    ('TIMEOUT', None, {}, (0, 1)),
    ('SKIP', None, {}, (0, 1)),
    ('SKIP', None, {'t': 'reason'}, (0, 0)),
    ('OK', 'ok 1 /a\nok 2 /b\n1..2\n', {}, (2, 0)),
    ('FAIL', 'ok 1 /a\nnot ok 2 /b\n1..2\n', {}, (1, 1)),
    ('ERROR', 'ok 1 /a\n', {}, (1, 1)),
    ('OK', '1..0\n', {}, (0, 1)),
    ('OK', '', {}, (0, 1)),
    ('OK', 'ok 1 /a # SKIP no display\n1..1\n', {}, (0, 1)),
    ('OK', 'ok 1 /a # SKIP no display\n1..1\n', {'t:/a': 'reason'}, (0, 0)),
    ('OK', 'ok 1 /a # SKIP no display\nok 2 /b\n1..2\n', {'t:/b': 'reason'}, (1, 1)),
]


def self_test():
    wrong = []
    for result, output, skips, wanted in SELF_TEST:
        entry = {'name': 'p:suite / t', 'result': result, 'stdout': output, 'returncode': 1}
        got = judge('self-test', program_outcomes(entry, output is not None), skips)
        if (got[0], len(got[1])) != wanted:
            wrong.append(f'{result}, {output!r}, {skips}: counted {got[0]} and {got[1]}')
    print('\n'.join(wrong))
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ['--self-test']:
        return self_test()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--skips', type=pathlib.Path, required=True)
    parser.add_argument('--failed', action='append', default=[], metavar='WHAT',
                        help='something outside meson that failed')
    parser.add_argument('builds', nargs='*', metavar='LABEL=BUILDDIR')
    args = parser.parse_args()
    passed, failures = count([b.split('=', 1) for b in args.builds], read_skips(args.skips))
    failures += args.failed
    for failure in failures:
        print(f'FAILED {failure}')
    if not passed and not failures:
        print('FAILED no test ran')
        failures.append('no test ran')
    print(f'{passed} passed, {len(failures)} failed')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
