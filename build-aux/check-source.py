#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the hard limits and the habits of CONTRIBUTING.md on every file that git knows.

    check-source.py [ROOT]       prints FILE:LINE: RULE: what is wrong
    check-source.py --self-test  shows that each rule sees what it should
    check-source.py --rules      lists the rules

The way out is a comment in the file's own language, on the line or the one above (for a function
anywhere in it or just above, for a whole file anywhere):

    check: allow RULE: the reason
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

MAX_FILE_LINES = 800
MAX_UI_LINES = 500
MAX_FUNCTION_LINES = 80
MAX_PARAMETERS = 6
MAX_NESTING = 4
LIBRARIES = ('base', 'api', 'webhook', 'store')

RULES = {
    'spdx': 'a file begins with its licence',
    'text': 'UTF-8, no tab in C, no blank at a line\'s end, one newline at the end',
    'file-length': f'a file has at most {MAX_FILE_LINES} lines, a .ui {MAX_UI_LINES}',
    'function-length': f'a function has at most {MAX_FUNCTION_LINES} lines (class_init excepted)',
    'parameters': f'a function takes at most {MAX_PARAMETERS} parameters (GtkWidget\'s measure excepted)',
    'nesting': f'blocks are nested at most {MAX_NESTING} deep',
    'order': 'G_LOG_DOMAIN, config.h, system headers, own header, others',
    'pragma-once': 'a header guards itself with #pragma once',
    'call': 'functions that overflow, lose errors or run a shell are not called',
    'sleep': 'nothing sleeps: wait for the event',
    'goto': 'no goto',
    'print': 'only programs print',
    'log': 'library layers log at debug only; errors are returned',
    'json-gate': 'JSON is parsed by base/vrf-json only',
    'version-if': 'no #if on a library\'s version',
    'unfinished': 'no unfinished work',
    'allow': 'an exception names a known rule and a reason, and is needed',
}

Line = collections.namedtuple('Line', 'path number rule text')
ALLOW = re.compile(r'check: allow\s*([\w-]*)\s*(?::\s*(\S.*))?')
COMMENT_ENDS = re.compile(r'\s*(\*/|-->)\s*$')
BAD_CALL = re.compile(r'\b(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|'
                      r'strtok|system|popen|alloca|g_alloca|g_newa|tmpnam|mktemp|setenv|putenv|'
                      r'g_object_set_data|g_object_set_data_full) \(')
SLEEP_CALL = re.compile(r'\b(sleep|usleep|nanosleep|g_usleep) \(')
PRINT_CALL = re.compile(r'\b(g_print|g_printerr|printf|puts|putchar|fprintf|perror) \(')
# g_critical() and g_error() stay: they are for our own mistakes, not for what happens.
LOG_CALL = re.compile(r'\b(g_message|g_warning|g_warning_once|g_info|g_log) \(')
JSON_CALL = re.compile(r'\b(json_parser_\w+|json_from_string) \(')
VERSION_IF = re.compile(r'^\s*#\s*(el)?if\b.*(CHECK_VERSION|_MAJOR_VERSION|_MINOR_VERSION)')
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX)\b')
LITERALS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'')
BLOCK_COMMENT = re.compile(r'/\*.*?\*/', re.S)
INCLUDE = re.compile(r'^#include ([<"])([^>"]+)[>"]')
HEADER_OF_C = {'.c', '.h'}


def blank_out(match):
    return re.sub(r'[^\n]', ' ', match.group(0))


def code_of(text):
    """The C text with comments and literals blanked out, line by line the same."""
    text = LITERALS.sub(lambda m: '""' + ' ' * (len(m.group(0)) - 2), text)
    text = BLOCK_COMMENT.sub(blank_out, text)
    return re.sub(r'//[^\n]*', blank_out, text)


class File:
    """One file and what was found in it."""

    def __init__(self, path, text):
        self.path = path
        self.suffix = pathlib.PurePosixPath(path).suffix
        self.parts = pathlib.PurePosixPath(path).parts
        self.text = text
        self.lines = text.split('\n')
        self.problems = []
        self.allows = []  # [number, rule, reason, used]
        for number, line in enumerate(self.lines, 1):
            match = ALLOW.search(line)
            if match and self.suffix not in {'.md', '.po'} and not path.startswith('build-aux/check-source'):
                reason = COMMENT_ENDS.sub('', match.group(2) or '')
                self.allows.append([number, match.group(1), reason, False])

    def is_test(self):
        return self.parts[0] in ('tests', 'bench')

    def is_program(self):
        stem = pathlib.PurePosixPath(self.path).stem
        return self.parts[0] == 'bench' or stem == 'main' or stem.endswith('-main')

    def report(self, rule, number, text, first=None, last=None):
        """A problem at line number, unless it is allowed there or between first and last."""
        first = number - 1 if first is None else first
        last = number if last is None else last
        for allow in self.allows:
            if allow[1] == rule and allow[2] and first <= allow[0] <= last:
                allow[3] = True
                return
        self.problems.append(Line(self.path, number, rule, text))

    def check_allows(self):
        for number, rule, reason, used in self.allows:
            if rule not in RULES or not reason:
                self.problems.append(Line(self.path, number, 'allow', 'needs a known rule and a reason'))
            elif not used:
                self.problems.append(Line(self.path, number, 'allow', f'{rule} is not broken here'))


def check_text(file):
    count = len(file.lines) - 1
    limit = MAX_UI_LINES if file.suffix == '.ui' else MAX_FILE_LINES
    if count > limit and file.suffix in {'.c', '.h', '.py', '.js', '.ui', '.css', '.html', ''}:
        file.report('file-length', 1, f'{count} lines, at most {limit}', 0, count)
    if file.text and (not file.text.endswith('\n') or file.text.endswith('\n\n')):
        file.report('text', count, 'the file must end with one newline')
    for number, line in enumerate(file.lines, 1):
        if line != line.rstrip() and file.suffix not in {'.md', '.po', '.txt'}:
            file.report('text', number, 'blank at the end of the line')
        if '\t' in line and file.suffix in HEADER_OF_C:
            file.report('text', number, 'tab')
        if UNFINISHED.search(line) and file.suffix != '.po' and 'check-source' not in file.path:
            file.report('unfinished', number, UNFINISHED.search(line).group(0))


def needs_spdx(file):
    if file.suffix in {'.c', '.h', '.py', '.js', '.mjs', '.css', '.sh', '.ui', '.sql', '.html'}:
        return True
    return file.text.startswith('#!')


def check_spdx(file):
    if not needs_spdx(file) or 'data' in file.parts[1:2] and file.parts[0] == 'tests':
        return
    head = '\n'.join(file.lines[:4])
    if file.suffix in HEADER_OF_C:
        if file.lines[0] != '/* SPDX-License-Identifier: GPL-3.0-or-later */':
            file.report('spdx', 1, 'the first line is not the SPDX line')
    elif 'SPDX-License-Identifier: GPL-3.0-or-later' not in head:
        file.report('spdx', 1, 'no SPDX line at the top')


def own_header(file):
    """How file would include the header of its own name: src/api/vrf-x.c -> api/vrf-x.h."""
    return pathlib.PurePosixPath(*file.parts[1:]).with_suffix('.h').as_posix()


def check_order(file, headers):
    """Of a .c in src/: what stands before its first declaration."""
    includes = [(n, m) for n, m in ((n, INCLUDE.match(l)) for n, l in enumerate(file.lines, 1)) if m]
    if not includes:
        return
    first = includes[0][0]
    domains = {f'#define G_LOG_DOMAIN "vrf-{part}"' for part in file.parts[1:-1]}
    if domains.isdisjoint(file.lines[:first]):
        file.report('order', first, f'{min(domains)} has to stand before the first #include')
    if includes[0][1].group(2) != 'config.h':
        file.report('order', first, 'config.h is not the first header')
        return
    own = own_header(file)
    local = [(n, m.group(2)) for n, m in includes[1:] if m.group(1) == '"']
    if own in headers and (not local or local[0][1] != own):
        file.report('order', local[0][0] if local else first, f'"{own}" is not the first of our headers')
    library = [n for n, m in includes if m.group(1) == '<' and re.fullmatch(r'(sys/)?\w+\.h', m.group(2))
               and m.group(2) not in {'glib.h', 'sqlite3.h', 'qrencode.h', 'png.h', 'adwaita.h', 'gmodule.h'}]
    if own in headers and local and library and max(library) > local[0][0]:
        file.report('order', max(library), 'a system header after our own')


def split_parameters(text):
    depth, count = 0, 1
    for char in text:
        depth += char in '(['
        depth -= char in ')]'
        count += char == ',' and depth == 0
    return 0 if text.strip() in ('', 'void') else count


def functions_of(code):
    """(name, line of the name, line of the closing brace, parameters, deepest block) each."""
    lines = code.split('\n')
    start = None
    for index, line in enumerate(lines):
        if line == '{':
            start = index
        elif line == '}' and start is not None:
            head = start - 1
            while head > 0 and lines[head].strip() and not re.search(r'[;}]\s*$|^#', lines[head]):
                head -= 1
            header = '\n'.join(lines[head:start])
            match = re.search(r'(?m)^(\w+) \(((?:.|\n)*)\)\s*$', header)
            if match:
                name_line = head + 1 + header[:match.start()].count('\n')
                deepest = depth = 0
                for char in '\n'.join(lines[start:index + 1]):
                    depth += char == '{'
                    depth -= char == '}'
                    deepest = max(deepest, depth)
                yield match.group(1), name_line, index + 1, split_parameters(match.group(2)), deepest - 1
            start = None


def check_functions(file, code):
    for name, first, last, parameters, deepest in functions_of(code):
        length = last - first + 1
        around = (first - 4, last)
        if length > MAX_FUNCTION_LINES and not name.endswith('_class_init'):
            file.report('function-length', first, f'{name} has {length} lines', *around)
        if parameters > MAX_PARAMETERS and not name.endswith('_measure'):
            file.report('parameters', first, f'{name} takes {parameters}', *around)
        if deepest > MAX_NESTING:
            file.report('nesting', first, f'{name} nests {deepest} deep', *around)


def check_calls(file, code):
    layer = file.parts[1] if file.parts[0] == 'src' else ''
    for number, line in enumerate(code.split('\n'), 1):
        found = BAD_CALL.search(line)
        if found and not (found.group(1).startswith('g_object') and layer not in (*LIBRARIES, 'sandbox')):
            file.report('call', number, f'{found.group(1)}()')
        if SLEEP_CALL.search(line):
            file.report('sleep', number, 'sleeps')
        if re.search(r'\bgoto\b', line):
            file.report('goto', number, 'goto')
        if PRINT_CALL.search(line) and layer and not file.is_program():
            file.report('print', number, 'prints')
        if LOG_CALL.search(line) and layer in LIBRARIES:
            file.report('log', number, 'logs above debug')
        if JSON_CALL.search(line) and layer and not file.path.startswith('src/base/vrf-json'):
            file.report('json-gate', number, 'goes around the gate')
        if VERSION_IF.search(line):
            file.report('version-if', number, 'depends on a library\'s version')


def check_file(file, headers):
    check_spdx(file)
    check_text(file)
    if file.suffix in HEADER_OF_C:
        code = code_of(file.text)
        check_functions(file, code)
        check_calls(file, code)
        if file.suffix == '.c' and file.parts[0] == 'src':
            check_order(file, headers)
        if file.suffix == '.h' and '#pragma once' not in file.lines[:6]:
            file.report('pragma-once', 1, 'no #pragma once below the licence')
    file.check_allows()
    return file.problems


def known_files(root):
    listing = subprocess.run(['git', '-C', str(root), 'ls-files', '-z', '--cached', '--others',
                              '--exclude-standard'], check=False, capture_output=True)
    if listing.returncode == 0:
        return sorted(p for p in listing.stdout.decode().split('\0') if p)
    return sorted(p.relative_to(root).as_posix() for p in pathlib.Path(root).rglob('*')
                  if p.is_file() and not p.relative_to(root).parts[0].startswith(('_build', '.git')))


def check(root):
    root = pathlib.Path(root)
    paths = [p for p in known_files(root) if (root / p).is_file() and not (root / p).is_symlink()]
    headers = {p.removeprefix('src/') for p in paths if p.endswith('.h')}
    problems = []
    for path in paths:
        raw = (root / path).read_bytes()
        if b'\0' in raw[:4096] or path == 'COPYING' or path.startswith(('tests/data/', 'tests/fuzz/corpus/')):
            continue
        try:
            text = raw.decode('utf-8')
        except UnicodeDecodeError:
            problems.append(Line(path, 1, 'text', 'not UTF-8'))
            continue
        problems += check_file(File(path, text), headers)
    return problems


SPDX = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'


def c_file(body, module='api'):
    return f'{SPDX}#define G_LOG_DOMAIN "vrf-{module}"\n#include "config.h"\n{body}'


def c_function(lines, parameters='void', name='f'):
    return c_file(f'\nvoid\n{name} ({parameters})\n{{\n' + lines + '}\n')


# (rule that must speak or None, path, text)
SELF_TEST = [
    (None, 'src/api/vrf-a.c', c_function('  g_debug ("printf (strcpy (x)) goto");\n')),
    ('spdx', 'src/api/vrf-a.c', c_function('')[1:]),
    ('spdx', 'build-aux/a.py', 'import sys\n'),
    ('text', 'src/api/vrf-a.c', c_function('  x (); \n')),
    ('text', 'src/api/vrf-a.c', c_function('\tx ();\n')),
    ('text', 'src/api/vrf-a.c', c_function('') + '\n'),
    ('file-length', 'src/api/vrf-a.c', c_file('\n' + 'int x;\n' * 800)),
    ('file-length', 'src/desk/a.ui', '<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n' * 501),
    ('function-length', 'src/api/vrf-a.c', c_function('  x ();\n' * 78)),
    (None, 'src/api/vrf-a.c', c_function('  x ();\n' * 77)),
    (None, 'src/api/vrf-a.c', c_function('  x ();\n' * 90, name='vrf_a_class_init')),
    (None, 'src/api/vrf-a.c',
     c_function('  /* check: allow function-length: one table */\n' + '  x ();\n' * 90)),
    ('allow', 'src/api/vrf-a.c', c_function('  /* check: allow function-length: no need */\n')),
    ('allow', 'src/api/vrf-a.c', c_function('  /* check: allow function-length */\n' + '  x ();\n' * 90)),
    ('allow', 'src/api/vrf-a.c', c_function('  /* check: allow anything: because */\n')),
    ('parameters', 'src/api/vrf-a.c', c_function('', ',\n   '.join(f'int a{i}' for i in range(7)))),
    (None, 'src/api/vrf-a.c', c_function('', ',\n   '.join(f'int a{i}' for i in range(6)))),
    ('nesting', 'src/api/vrf-a.c', c_function('  {\n' * 5 + '  }\n' * 5)),
    (None, 'src/api/vrf-a.c', c_function('  {\n' * 4 + '  }\n' * 4)),
    ('order', 'src/api/vrf-a.c', f'{SPDX}#include "config.h"\n'),
    ('order', 'src/api/vrf-a.c', c_file('', 'desk')),
    ('order', 'src/api/vrf-a.c', f'{SPDX}#define G_LOG_DOMAIN "vrf-api"\n#include <glib.h>\n'),
    ('order', 'src/api/vrf-a.c', c_file('#include "base/vrf-b.h"\n#include "api/vrf-a.h"\n')),
    ('order', 'src/api/vrf-a.c', c_file('#include "api/vrf-a.h"\n#include <string.h>\n')),
    (None, 'src/api/vrf-a.c', c_file('#include <string.h>\n#include "api/vrf-a.h"\n')),
    ('pragma-once', 'src/api/vrf-b.h', SPDX + 'int x;\n'),
    ('call', 'src/api/vrf-a.c', c_function('  strcpy (a, b);\n')),
    ('call', 'tests/api/test-a.c', c_function('  n = atoi (a);\n')),
    ('call', 'src/api/vrf-a.c', c_function('  g_object_set_data (a, "x", b);\n')),
    ('sleep', 'tests/api/test-a.c', c_function('  g_usleep (1000);\n')),
    ('goto', 'src/api/vrf-a.c', c_function('  goto out;\n')),
    ('print', 'src/api/vrf-a.c', c_function('  g_print ("x");\n')),
    (None, 'src/sandbox/main.c', c_function('  g_print ("x");\n').replace('vrf-api', 'vrf-sandbox')),
    ('log', 'src/api/vrf-a.c', c_function('  g_warning ("x");\n')),
    ('json-gate', 'src/api/vrf-a.c', c_function('  p = json_parser_new ();\n')),
    ('version-if', 'src/api/vrf-a.c', c_file('#if GTK_CHECK_VERSION (4, 10, 0)\n#endif\n')),
    ('unfinished', 'src/api/vrf-a.c', c_function('  /* TO' + 'DO: later */\n')),
]


def self_test():
    wrong = []
    for number, (rule, path, text) in enumerate(SELF_TEST):
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root) / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding='utf-8')
            if '#include "api/vrf-a.h"' in text:
                file.with_suffix('.h').write_text(SPDX + '#pragma once\n', encoding='utf-8')
            found = {problem.rule for problem in check(root)}
        if found != ({rule} if rule else set()) and not (rule == 'allow' and rule in found):
            wrong.append(f'case {number} ({path}): expected {rule}, found {sorted(found)}')
    missing = set(RULES) - {rule for rule, _, _ in SELF_TEST}
    return wrong + [f'no case for the rule {rule}' for rule in sorted(missing)]


def main():
    if sys.argv[1:] == ['--rules']:
        print('\n'.join(f'{rule}: {text}' for rule, text in RULES.items()))
        return 0
    if sys.argv[1:] == ['--self-test']:
        problems = self_test()
    else:
        root = sys.argv[1] if sys.argv[1:] else pathlib.Path(__file__).resolve().parent.parent
        problems = [f'{p.path}:{p.number}: {p.rule}: {p.text}' for p in check(root)]
    print('\n'.join(problems))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
